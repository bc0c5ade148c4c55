import type { Manifests } from '../../kubernetes/manifests';
import type { Pod } from '../../kubernetes/pods';
import { scaled } from './percent';
import type { Budget, Field } from './workload';

/**
 * The budgets that select a workload's pods, as the number of pods that must stay ready. Percentages round up.
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
  for (const { object, fields } of manifests.selecting('PodDisruptionBudget', pod)) {
    const { minAvailable, maxUnavailable, selector = {} } = fields.spec ?? {};
    const selected = manifests.pods.matching(pod.namespace, selector).filter(({ isServing }) => isServing);
    if (selected.length > 1) unmodelled.push({ object, path: 'spec.selector' });
    const up = (value: number | string) => scaled(value, replicas, Math.ceil);
    const isMaximum = maxUnavailable !== undefined;
    const desired = isMaximum ? Math.max(0, replicas - up(maxUnavailable)) : up(minAvailable ?? 0);
    budgets.push({
      desired,
      field: { object, path: isMaximum ? 'spec.maxUnavailable' : 'spec.minAvailable' },
    });
  }
  return { budgets, unmodelled };
}
