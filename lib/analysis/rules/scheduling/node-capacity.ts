import { admits } from '../../../kubernetes/scheduling/admission';
import { demandOf, findUnplaced } from '../../../kubernetes/scheduling/placement';
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
    // The rule schedulable-pods reports pods that no node admits.
    const placeable = manifests.pods.all.filter(({ spec }) => nodes.some((node) => admits(spec, node)));
    const demands = placeable.map((pod) => demandOf(pod, manifests));
    return nodes.map((lost) => {
      const left = nodes.filter((node) => node !== lost);
      const unplaced = findUnplaced(left, nodes, demands);
      return (
        unplaced.length > 0 && {
          path: '',
          found: `has pods that don't fit on the other nodes if node ${lost.name} is lost: ${unplaced.join(', ')}`,
          must: 'have only pods that fit on the other nodes',
        }
      );
    });
  },
});
