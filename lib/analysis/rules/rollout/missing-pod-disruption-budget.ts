import { servingPods } from '../parts';
import { rule } from '../rule';

export const missingPodDisruptionBudget = rule({
  id: 'missing-pod-disruption-budget',
  sentence: 'Every Deployment and StatefulSet has exactly one PodDisruptionBudget.',
  why: 'Without a budget a drain may evict all pods at once. If two budgets select a pod, the API server refuses every eviction of this pod.',
  source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  severity: 'medium',
  fix: 'Add one PodDisruptionBudget that selects the pods. For a workload with one replica, set minAvailable: 0.',
  parts: servingPods,
  faults: (pod, manifests) => {
    if (pod.object.kind === 'DaemonSet') return undefined;
    const budgets = manifests.selecting('PodDisruptionBudget', pod);
    // If a budget selects only some pods of a StatefulSet, the rule does not apply.
    if (budgets.some(({ selected }) => selected !== 'every')) return undefined;
    const names = budgets.map(({ object }) => object.metadata.name);
    const found =
      names.length === 0 ? 'have no PodDisruptionBudget' : `have ${names.length}: ${names.join(', ')}`;
    return [names.length !== 1 && { path: '', found: `its pods ${found}`, must: 'have exactly one' }];
  },
});
