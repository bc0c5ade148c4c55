import type { Container } from '../../../imports/kubernetes/kinds';
import { containerStart } from '../../kubernetes/pod-start';
import type { DrillWorkload } from './workload';

/**
 * How long something takes at worst: seconds that the manifests and Kubernetes' defaults bound, and beside them what
 * nobody bounds.
 */
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

/** From when a pod is made until it is ready, if its first start succeeds. A startup probe bounds it; nothing else does. */
export function starting({ spec, object }: DrillWorkload): Duration {
  const { containers = [], initContainers = [] } = spec;
  const each = containers.map(startOf);
  const seconds = Math.max(0, ...each.map((duration) => duration.seconds));
  const minReady = (object['spec'] as { minReadySeconds?: number } | undefined)?.minReadySeconds ?? 0;
  const once = initContainers.filter(({ restartPolicy }) => restartPolicy !== 'Always');
  return {
    seconds: seconds + minReady,
    besides: [
      ...new Set([
        'the pull of its image where the node lacks it',
        ...once.map(({ name }) => `the run of ${name}`),
        ...each.flatMap(({ besides }) => besides),
      ]),
    ],
  };
}

function startOf(container: Container): Duration {
  const { seconds, bound } = containerStart(container);
  const why = { probes: '', nothing: ', which has no startup probe', 'at once': ', of which no probe tells' }[
    bound
  ];
  return { seconds, besides: why === '' ? [] : [`the start of ${container.name}${why}`] };
}

/** Seconds that a pod may take to end. */
export function grace({ spec }: DrillWorkload): number {
  return spec.terminationGracePeriodSeconds ?? 30;
}
