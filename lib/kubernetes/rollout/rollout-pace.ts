import { resolveShare } from './pod-share';
import type { RolloutStrategy } from './rollout-strategy';

/** How many pods a rollout may add, and how many pods may be unavailable meanwhile. */
export interface RolloutPace {
  readonly surge: number;
  readonly unavailable: number;
}

/**
 * The pace of a rolling update. Undefined for other strategies. maxSurge is rounded up. maxUnavailable is
 * rounded up for a DaemonSet and rounded down for a Deployment. If both become 0, a Deployment uses a
 * maxUnavailable of 1.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment
 */
export function resolvePace(strategy: RolloutStrategy | undefined, pods: number): RolloutPace {
  if (strategy?.kind !== 'RollingUpdate') return { surge: 0, unavailable: 0 };
  const { controller, maxSurge, maxUnavailable } = strategy;
  const round = controller === 'DaemonSet' ? Math.ceil : Math.floor;
  const surge = resolveShare(maxSurge, pods, Math.ceil);
  const unavailable = resolveShare(maxUnavailable, pods, round);
  const isStill = surge + unavailable === 0 && controller === 'Deployment';
  return { surge, unavailable: Math.min(pods, isStill ? 1 : unavailable) };
}
