import { nodeLosses } from '../../../kubernetes/scheduling/node-loss';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const nodeCapacity = rule({
  id: 'node-capacity',
  sentence:
    'All pods fit on the nodes if any one node is lost, at the peak of a rollout and with all autoscalers at their maximum.',
  why: 'Pods that do not fit stay Pending when a node is lost.',
  source: 'https://kubernetes.io/docs/tasks/administer-cluster/reserve-compute-resources/#node-allocatable',
  severity: 'high',
  fix: 'Lower requests or maxReplicas, or add a node.',
  parts: objectsOf('Namespace'),
  faults: (_, manifests) => {
    const { nodes } = manifests.facts;
    if (nodes === undefined || nodes.length < 2) return undefined;
    // `nodeLosses` leaves out pods that no node admits: the rule schedulable-pods reports them.
    return nodeLosses(nodes, manifests).map(
      ({ lost, unplaced }) =>
        unplaced.length > 0 && {
          path: '',
          found: `has pods that don't fit on the other nodes if node ${lost.name} is lost: ${unplaced.join(', ')}`,
          must: 'have only pods that fit on the other nodes',
        },
    );
  },
});
