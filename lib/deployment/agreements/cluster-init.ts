import type { Agreement } from './sides';

/** Every form of cluster-init: the option of k3s, the command-line argument, the environment variable. */
const beginning = /cluster[-_]init/i;

/** Only a cluster that is not initialised yet has a node that initialises it, and only one. */
export const clusterInit: Agreement = {
  id: 'cluster-init',
  sentence: 'At most one node initialises a cluster. No node does once the cluster is initialised.',
  why: 'A server that lost its data and initialises a cluster again starts a second, empty cluster, and receives requests (k3s #13623).',
  source: 'https://docs.k3s.io/datastore/ha-embedded',
  severity: 'critical',
  fix: 'Keep cluster.initialised: true, so that every node joins another node.',
  differences: ({ setups, initialised }) => {
    const beginners = setups.filter(({ k3s }) => k3s.join === undefined);
    // A single node has no other node to join, so its script may always initialise.
    const allowed = initialised && setups.length > 1 ? [] : beginners.slice(0, 1);
    return [
      ...beginners
        .filter((setup) => !allowed.includes(setup))
        .map(({ name }) => ({
          object: `the script of ${name}`,
          path: 'join',
          message: initialised
            ? 'joins no other node although the cluster is initialised: if the node loses its data, it starts a second cluster'
            : `joins no other node, and ${allowed[0]?.name} joins none: two nodes without a node to join start two clusters`,
        })),
      ...setups.flatMap(({ name, files, k3s }) =>
        [...files, ...k3s.files]
          .filter(({ text }) => beginning.test(text))
          .map(({ path }) => ({
            object: `the script of ${name}`,
            path,
            message:
              'has cluster-init in a permanent file: if the node loses its data, k3s starts a second cluster',
          })),
      ),
    ];
  },
};
