import { podStart, type UnboundedReason } from '../../kubernetes/rollout/pod-start';
import type { DrillWorkload } from './cluster/workload';

/** The worst-case duration: seconds that manifests and defaults of Kubernetes limit, and parts without a limit. */
export interface Duration {
  readonly seconds: number;
  /** Such as "the pull of its image"; how long that takes is unknown. */
  readonly besides: readonly string[];
}

/** kube-controller-manager's `--leader-elect-lease-duration` and `--leader-elect-retry-period`: the lost node may have led. */
const takeover = 15 + 2;

/** `--node-monitor-grace-period`: 50 s since Kubernetes 1.32 (kubernetes/kubernetes#126287), 40 s before. */
const monitorGrace = 50;

/** `--node-monitor-period`. */
const monitorPeriod = 5;

/**
 * Seconds until a lost node is marked as not ready, at worst. Until then its pods count as ready, and Services send
 * requests to them.
 *
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
 */
export const detection = takeover + monitorGrace + monitorPeriod;

/** `--node-eviction-rate`, 0.1 nodes a second: of several lost nodes one after the other is given up. */
export const betweenEvictions = 10;

/** So long `kubectl drain` waits before it asks again for an eviction that was refused. */
export const betweenTries = 5;

/** The kubelet waits so long at most between two starts of a container that crashes. */
export const longestBackOff = 300;

export function sum(...durations: readonly Duration[]): Duration {
  return {
    seconds: durations.reduce((total, { seconds }) => total + seconds, 0),
    besides: [...new Set(durations.flatMap(({ besides }) => besides))],
  };
}

/** From when a pod is made until it is available, if its first start succeeds. Startup probes bound it; nothing else does. */
export function starting({ spec, object }: DrillWorkload): Duration {
  const { seconds, unbounded } = podStart(spec);
  const minReady = (object['spec'] as { minReadySeconds?: number } | undefined)?.minReadySeconds ?? 0;
  const first = unbounded.filter(({ why }) => why === 'runs to its end');
  const others = unbounded.filter((each) => !first.includes(each));
  return {
    seconds: seconds + minReady,
    besides: [
      'the pull of its image where the node lacks it',
      ...[...first, ...others].map(({ container, why }) => besides[why](container)),
    ],
  };
}

const besides: Readonly<Record<UnboundedReason, (container: string) => string>> = {
  'runs to its end': (container) => `the run of ${container}`,
  'no startup probe': (container) => `the start of ${container}, which has no startup probe`,
  'no probe': (container) => `the start of ${container}, which has no probe`,
};
