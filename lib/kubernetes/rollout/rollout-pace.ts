import { resolveShare } from './pod-share';
import type { RolloutStrategy } from './rollout-strategy';

/** How many pods a rollout may add, and how many may be missing meanwhile. */
export interface RolloutPace {
  readonly surge: number;
  readonly unavailable: number;
}

/**
 * The pace of a rolling update of so many pods; nothing where the strategy is another. A surge rounds up. maxUnavailable
 * rounds down in a Deployment, where a pace of nothing both ways becomes one pod unavailable, and up in a DaemonSet.
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
