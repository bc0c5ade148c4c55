import { findNodeObstacles } from '../../../kubernetes/start/node-obstacles';
import { pods } from '../parts';
import { rule } from '../rule';

/** The rule node-capacity compares requests with the nodes. */
const byOtherRule = 'requests';

export const schedulablePods = rule({
  id: 'schedulable-pods',
  sentence: 'A node admits every pod: by its labels, taints and topology, and without a scheduling gate.',
  why: 'The workload is accepted, and its pods stay Pending.',
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/',
  severity: 'critical',
  fix: 'Ask for what a node has, or give it to a node.',
  parts: pods,
  faults: (pod, manifests) => {
    const { nodes = [] } = manifests.facts;
    if (nodes.length === 0 || pod.count.most === 0) return undefined;
    return findNodeObstacles(pod, manifests, nodes, undefined)
      .filter(({ key }) => key !== byOtherRule)
      .map(({ path, reason }) => ({
        path: path.slice(pod.path.length + 1),
        found: `can't be scheduled: ${reason}`,
        must: 'ask for what a node has',
      }));
  },
});
