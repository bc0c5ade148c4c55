import { demandOf, findUnplaced } from '../../../kubernetes/scheduling/placement';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const nodeCapacity = rule({
  id: 'node-capacity',
  sentence:
    'All pods fit on the nodes with any one of them gone, at the peak of a rollout and of every autoscaler.',
  why: 'What does not fit stays Pending exactly when a node is lost.',
  source: 'chapter 7, resources',
  severity: 'high',
  fix: 'Lower the requests or the maxima, or add a node.',
  parts: objectsOf('Namespace'),
  faults: (_, manifests) => {
    const { nodes } = manifests.facts;
    if (nodes === undefined || nodes.length < 2) return undefined;
    const demands = manifests.pods.all.map((pod) => demandOf(pod, manifests));
    return nodes.map((lost) => {
      const left = nodes.filter((node) => node !== lost);
      const unplaced = findUnplaced(left, nodes, demands);
      return (
        unplaced.length > 0 && {
          path: '',
          found: `leaves ${unplaced.join(', ')} without a node when ${lost.name} is gone`,
          must: 'fit on the others',
        }
      );
    });
  },
});
