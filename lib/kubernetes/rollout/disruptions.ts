import type { PodDisruptionBudgetSpec } from '../../../imports/kubernetes/kinds';
import type { Manifests } from '../manifests';
import { type PodShare, resolveShare } from './pod-share';

/** The disruptions that a budget allows while all of its pods are ready. */
export interface Disruptions {
  /** Minimum number of selected pods. */
  readonly pods: number;
  readonly allowed: number;
  /** The field that limits the disruptions. */
  readonly field: 'minAvailable' | 'maxUnavailable';
}

/**
 * Number of pods that a PodDisruptionBudget allows to be evicted at once. Percentages are rounded up.
 *
 * @returns undefined if it selects no pods of workloads that run permanently
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export function allowedDisruptions(
  { selector, minAvailable, maxUnavailable }: PodDisruptionBudgetSpec,
  namespace: string,
  manifests: Manifests,
): Disruptions | undefined {
  // Without a selector a budget applies to no pods, with an empty selector to all.
  const selected = selector === undefined ? [] : manifests.pods.matching(namespace, selector);
  const serving = selected.filter(({ isServing }) => isServing);
  if (serving.length === 0) return undefined;
  const pods = serving.reduce((sum, pod) => sum + pod.count.least, 0);
  const up = (value: PodShare) => resolveShare(value, pods, Math.ceil);
  return minAvailable === undefined
    ? { pods, allowed: up(maxUnavailable ?? 0), field: 'maxUnavailable' }
    : { pods, allowed: pods - up(minAvailable), field: 'minAvailable' };
}
