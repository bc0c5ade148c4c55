import { podStart, type UnboundedCause } from '../../kubernetes/rollout/pod-start';
import type { DrillWorkload } from './cluster/workload';

/** A worst-case duration: a sum in seconds that manifests and Kubernetes defaults limit, and parts without a limit. */
export interface Duration {
  readonly seconds: number;
  /** Parts of unknown duration, such as "the pull of the image". */
  readonly unboundedParts: readonly string[];
}

/**
 * Seconds until another kube-controller-manager is the leader: the lost node may have run the leader. The sum of
 * `--leader-elect-lease-duration` and `--leader-elect-retry-period`.
 */
const takeover = 15 + 2;

/** `--node-monitor-grace-period`: 50 s since Kubernetes 1.32 (kubernetes/kubernetes#126287), 40 s before. */
const monitorGrace = 50;

/** `--node-monitor-period`. */
const monitorPeriod = 5;

/**
 * Seconds until a lost node is marked as not ready, in the worst case. Until then its pods count as ready, and Services
 * send requests to them.
 *
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
 */
export const detection = takeover + monitorGrace + monitorPeriod;

/** Seconds between two lost nodes whose pods are evicted: `--node-eviction-rate` is 0.1 nodes a second. */
export const betweenEvictions = 10;

/** Seconds until `kubectl drain` retries a refused eviction. */
export const betweenTries = 5;

/** Maximum back-off, in seconds, before the kubelet restarts a crashing container. */
export const longestBackOff = 300;

export function sum(...durations: readonly Duration[]): Duration {
  return {
    seconds: durations.reduce((total, { seconds }) => total + seconds, 0),
    unboundedParts: [...new Set(durations.flatMap(({ unboundedParts }) => unboundedParts))],
  };
}

/**
 * The time from the creation of a pod until the pod is available, if the first start succeeds. Only startup probes
 * limit the time of a start.
 */
export function starting({ spec, object }: DrillWorkload): Duration {
  const { seconds, unbounded } = podStart(spec);
  const minReady = (object['spec'] as { minReadySeconds?: number } | undefined)?.minReadySeconds ?? 0;
  const first = unbounded.filter(({ cause }) => cause === 'init-container');
  const others = unbounded.filter((each) => !first.includes(each));
  return {
    seconds: seconds + minReady,
    unboundedParts: [
      'the pull of the image if the node does not have it',
      ...[...first, ...others].map(({ container, cause }) => describeCause[cause](container)),
    ],
  };
}

const describeCause: Readonly<Record<UnboundedCause, (container: string) => string>> = {
  'init-container': (container) => `the run of ${container}`,
  'no-startup-probe': (container) => `the start of ${container}, which has no startup probe`,
  'no-probe': (container) => `the start of ${container}, which has no probe`,
};
