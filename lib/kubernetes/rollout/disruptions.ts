import type { PodDisruptionBudgetSpec } from '../../../imports/kubernetes/kinds';
import type { Manifests } from '../manifests';
import { type PodShare, resolveShare } from './pod-share';

/** What a budget lets a drain take while all of its pods are ready. */
export interface Disruptions {
  /** How many pods it selects at least. */
  readonly pods: number;
  readonly allowed: number;
  /** The field that decides. */
  readonly field: 'minAvailable' | 'maxUnavailable';
}

/**
 * How many of its pods a PodDisruptionBudget lets go at a time. Percentages round up.
 *
 * @returns undefined where it selects no pods that run for ever
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export function allowedDisruptions(
  { selector, minAvailable, maxUnavailable }: PodDisruptionBudgetSpec,
  namespace: string,
  manifests: Manifests,
): Disruptions | undefined {
  // Without a selector a budget is about no pod, with an empty one about all.
  const selected = selector === undefined ? [] : manifests.pods.matching(namespace, selector);
  const serving = selected.filter(({ isServing }) => isServing);
  if (serving.length === 0) return undefined;
  const pods = serving.reduce((sum, pod) => sum + pod.count.least, 0);
  const up = (value: PodShare) => resolveShare(value, pods, Math.ceil);
  return minAvailable === undefined
    ? { pods, allowed: up(maxUnavailable ?? 0), field: 'maxUnavailable' }
    : { pods, allowed: pods - up(minAvailable), field: 'minAvailable' };
}
