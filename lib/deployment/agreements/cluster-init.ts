import type { Agreement } from './sides';

/** The ways to initialise a cluster: a k3s option, an argument, a variable. */
const beginning = /cluster[-_]init/i;

/** A cluster is initialised once, by one node. */
export const clusterInit: Agreement = {
  id: 'cluster-init',
  sentence: 'At most one node initialises a cluster, and none once the cluster is initialised.',
  why: 'A server that lost its data and initialises again starts a second, empty cluster, and requests reach it (k3s #13623).',
  source: 'https://docs.k3s.io/datastore/ha-embedded',
  severity: 'critical',
  fix: 'Keep cluster.initialised: true, so that every node joins another.',
  differences: ({ setups, initialised }) => {
    const beginners = setups.filter(({ k3s }) => k3s.join === undefined);
    // A single node has no other node to join.
    const allowed = initialised && setups.length > 1 ? [] : beginners.slice(0, 1);
    return [
      ...beginners
        .filter((setup) => !allowed.includes(setup))
        .map(({ name }) => ({
          object: `the script of ${name}`,
          path: 'join',
          message: initialised
            ? 'joins no other node although the cluster is initialised: if the node loses its data, it starts a second cluster'
            : `joins no other node, like the script of ${allowed[0]?.name}: that would be two clusters`,
        })),
      ...setups.flatMap(({ name, files, k3s }) =>
        [...files, ...k3s.files]
          .filter(({ text }) => beginning.test(text))
          .map(({ path }) => ({
            object: `the script of ${name}`,
            path,
            message:
              'has cluster-init in a permanent file: k3s would initialise a cluster whenever its data is lost',
          })),
      ),
    ];
  },
};
