import type { PodDisruptionBudgetSpec } from '../../../imports/kubernetes/kinds';
import type { Manifests } from '../manifests';
import { type PodShare, resolveShare } from './pod-share';

/** The number of disruptions that a PodDisruptionBudget allows while all of its pods are ready. */
export interface Disruptions {
  /** The smallest number of pods that the budget can select, such as minReplicas of an autoscaler. */
  readonly pods: number;
  readonly allowed: number;
  /** The field of the budget that limits the number. */
  readonly field: 'minAvailable' | 'maxUnavailable';
}

/**
 * The number of pods that a PodDisruptionBudget allows to be evicted at once. Percentages are rounded up.
 *
 * @returns undefined if the budget selects no pods of workloads that run permanently
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export function allowedDisruptions(
  { selector, minAvailable, maxUnavailable }: PodDisruptionBudgetSpec,
  namespace: string,
  manifests: Manifests,
): Disruptions | undefined {
  // A budget without a selector selects no pods. An empty selector selects all pods of the namespace.
  const selected = selector === undefined ? [] : manifests.pods.matching(namespace, selector);
  const serving = selected.filter(({ isServing }) => isServing);
  if (serving.length === 0) return undefined;
  const pods = serving.reduce((sum, pod) => sum + pod.count.least, 0);
  const up = (value: PodShare) => resolveShare(value, pods, Math.ceil);
  return minAvailable === undefined
    ? { pods, allowed: up(maxUnavailable ?? 0), field: 'maxUnavailable' }
    : { pods, allowed: pods - up(minAvailable), field: 'minAvailable' };
}
