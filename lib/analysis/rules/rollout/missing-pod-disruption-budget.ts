import { servingPods } from '../parts';
import { rule } from '../rule';

export const missingPodDisruptionBudget = rule({
  id: 'missing-pod-disruption-budget',
  sentence: 'Every Deployment and StatefulSet has exactly one PodDisruptionBudget.',
  why: 'Without one a drain may take all pods at once; with two the API server refuses every eviction.',
  source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  severity: 'medium',
  fix: 'Add a PodDisruptionBudget that selects the pods; for a single one, with minAvailable: 0.',
  parts: servingPods,
  faults: (pod, manifests) => {
    if (pod.object.kind === 'DaemonSet') return undefined;
    const budgets = manifests.selecting('PodDisruptionBudget', pod);
    // Budgets of single pods of a StatefulSet are counted for none of the others.
    if (budgets.some(({ selected }) => selected !== 'every')) return undefined;
    const names = budgets.map(({ object }) => object.metadata.name);
    const found =
      names.length === 0 ? 'have no PodDisruptionBudget' : `have ${names.length}: ${names.join(', ')}`;
    return [names.length !== 1 && { path: '', found: `its pods ${found}`, must: 'have exactly one' }];
  },
});
