import type { Manifests } from '../../../kubernetes/manifests';
import { type PodShare, resolveShare } from '../../../kubernetes/rollout/pod-share';
import type { Pod } from '../../../kubernetes/workloads/pods';
import type { Budget, Field } from './workload';

/**
 * The PodDisruptionBudgets that select a workload's pods, each as the number of pods that must stay ready. Percentages
 * are rounded up.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export function budgetsOf(
  pod: Pod,
  manifests: Manifests,
  replicas: number,
): { budgets: readonly Budget[]; unmodelled: readonly Field[] } {
  const budgets: Budget[] = [];
  const unmodelled: Field[] = [];
  for (const { object, fields, selected: extent } of manifests.selecting('PodDisruptionBudget', pod)) {
    const { minAvailable, maxUnavailable, selector = {} } = fields.spec ?? {};
    const selected = manifests.pods.matching(pod.namespace, selector).filter(({ isServing }) => isServing);
    if (selected.length > 1 || extent !== 'every') unmodelled.push({ object, path: 'spec.selector' });
    const up = (value: PodShare) => resolveShare(value, replicas, Math.ceil);
    const isMaximum = maxUnavailable !== undefined;
    const desired = isMaximum ? Math.max(0, replicas - up(maxUnavailable)) : up(minAvailable ?? 0);
    budgets.push({
      desired,
      field: { object, path: isMaximum ? 'spec.maxUnavailable' : 'spec.minAvailable' },
    });
  }
  return { budgets, unmodelled };
}
