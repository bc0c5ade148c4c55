import { scaled } from './percent';
import type { DrillWorkload } from './workload';

/** How many pods a rollout may add, and how many may be missing meanwhile. */
export interface Pace {
  readonly surge: number;
  readonly unavailable: number;
}

/**
 * The pace of a rolling update of so many pods; nothing where the strategy is another. A surge rounds up. What may be
 * unavailable rounds down of a Deployment, where nothing both ways counts as one, and up of a DaemonSet.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment
 */
export function paceOf({ strategy, kind }: Pick<DrillWorkload, 'strategy' | 'kind'>, pods: number): Pace {
  if (strategy.kind !== 'RollingUpdate') return { surge: 0, unavailable: 0 };
  const surge = scaled(strategy.maxSurge, pods, Math.ceil);
  const round = kind === 'DaemonSet' ? Math.ceil : Math.floor;
  const unavailable = Math.min(pods, scaled(strategy.maxUnavailable, pods, round));
  return { surge, unavailable: surge + unavailable === 0 && kind !== 'DaemonSet' ? 1 : unavailable };
}
