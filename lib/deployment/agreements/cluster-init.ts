import type { Agreement } from './sides';

/** By option, by argument and by variable. */
const beginning = /cluster[-_]init/i;

/** There is one cluster, and it begins once. */
export const clusterInit: Agreement = {
  id: 'cluster-init',
  sentence: 'At most one node begins a cluster, and none once the cluster is initialised.',
  why: 'A server without data that begins a cluster leaves the one that it belonged to, and takes its users with it (k3s #13623).',
  source: 'https://docs.k3s.io/datastore/ha-embedded',
  severity: 'critical',
  fix: 'Leave cluster.initialised true, and let every node join another.',
  differences: ({ setups, initialised }) => {
    const beginners = setups.filter(({ k3s }) => k3s.join === undefined);
    // Alone it has nobody to join.
    const allowed = initialised && setups.length > 1 ? [] : beginners.slice(0, 1);
    return [
      ...beginners
        .filter((setup) => !allowed.includes(setup))
        .map(({ name }) => ({
          object: `the script of ${name}`,
          path: 'join',
          message: initialised
            ? 'joins nobody, and the cluster is initialised: without its data the node would begin a second one'
            : `joins nobody, and neither does that of ${allowed[0]?.name}: they would be two clusters`,
        })),
      ...setups.flatMap(({ name, files, k3s }) =>
        [...files, ...k3s.files]
          .filter(({ text }) => beginning.test(text))
          .map(({ path }) => ({
            object: `the script of ${name}`,
            path,
            message:
              'has cluster-init, and is a file that stays: k3s would begin a cluster whenever its data is gone',
          })),
      ),
    ];
  },
};
