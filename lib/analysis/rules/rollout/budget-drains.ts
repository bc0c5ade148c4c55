import { namespaceOf } from '../../../kubernetes/kinds';
import { type PodShare, resolveShare } from '../../../kubernetes/rollout/pod-share';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const budgetDrains = rule({
  id: 'budget-drains',
  sentence: 'A PodDisruptionBudget selects pods, and lets one of them go.',
  why: 'A budget that lets none go blocks every drain, and so every upgrade of a node; one that selects none guards nothing.',
  source:
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors',
  severity: 'high',
  fix: 'Lower minAvailable below the number of pods.',
  parts: objectsOf('PodDisruptionBudget'),
  faults: ({ spec: { selector, minAvailable, maxUnavailable } = {} }, manifests, { object }) => {
    // Without a selector a budget is about no pod, with an empty one about all.
    const selected = selector === undefined ? [] : manifests.pods.matching(namespaceOf(object), selector);
    const pods = selected.filter(({ isServing }) => isServing);
    if (pods.length === 0) return [{ path: 'spec.selector', must: 'match pods of the namespace' }];
    const count = pods.reduce((sum, pod) => sum + pod.count.least, 0);
    // Of no pods a drain waits for none.
    if (count === 0) return [];
    const field = minAvailable === undefined ? 'maxUnavailable' : 'minAvailable';
    const share = (value: PodShare): number => resolveShare(value, count, Math.ceil);
    const mayGo = minAvailable === undefined ? share(maxUnavailable ?? 0) : count - share(minAvailable);
    return [
      mayGo < 1 && {
        path: `spec.${field}`,
        must: `let one of ${count} go: minAvailable at most ${count - 1}, or maxUnavailable at least 1`,
      },
    ];
  },
});
