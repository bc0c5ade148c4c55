import type { KubernetesObject } from '../../documents/kubernetes';
import { isZeroShare } from './pod-share';
import { rolloutStrategyOf } from './rollout-strategy';

/**
 * Whether a rollout never runs two pods of a workload at once: the old pod ends before the new pod starts.
 */
export function runsAlone(object: KubernetesObject, mostPods: number): boolean {
  if (mostPods > 1) return false;
  const strategy = rolloutStrategyOf(object);
  if (strategy?.kind === 'Recreate') return true;
  return (
    strategy?.kind === 'RollingUpdate' &&
    strategy.controller === 'Deployment' &&
    isZeroShare(strategy.maxSurge)
  );
}
