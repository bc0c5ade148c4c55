import { findNodeObstacles } from '../../../kubernetes/start/node-obstacles';
import { pods } from '../parts';
import { rule } from '../rule';

/** The rule node-capacity reports obstacles with this key. */
const byOtherRule = 'requests';

export const schedulablePods = rule({
  id: 'schedulable-pods',
  sentence:
    'Every pod can be scheduled: the labels, taints and topology of at least one node admit the pod, and the pod has no scheduling gate.',
  why: 'The workload exists, but its pods stay Pending.',
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/',
  severity: 'critical',
  fix: 'Change the pod template so that a node admits the pod, or change the labels or taints of a node.',
  parts: pods,
  faults: (pod, manifests) => {
    const { nodes = [] } = manifests.facts;
    if (nodes.length === 0 || pod.count.most === 0) return undefined;
    return findNodeObstacles(pod, manifests, nodes, undefined)
      .filter(({ key }) => key !== byOtherRule)
      .map(({ path, reason }) => ({
        path: path.slice(pod.path.length + 1),
        found: `can't be scheduled: ${reason}`,
        must: 'be satisfied by at least one node',
      }));
  },
});
