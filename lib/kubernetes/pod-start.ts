import type { Container, Probe } from '../../imports/kubernetes/kinds';

/** How long a container takes to be ready, if it starts well, and what bounds that. */
export interface ContainerStart {
  /** With a bound by its startup probe, at worst; without one, from when it answers. */
  readonly seconds: number;
  /**
   * - probes: past it the kubelet kills the container
   * - nothing: it may take any time until it answers
   * - at once: it counts as ready as soon as it runs, whether or not it answers
   */
  readonly bound: 'probes' | 'nothing' | 'at once';
}

/**
 * The start that a container's probes allow. A startup probe may fail `failureThreshold` times before the kubelet kills
 * the container; readiness is asked from then on, and not before its own delay.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export function containerStart({ startupProbe, readinessProbe }: Container): ContainerStart {
  const started = startupProbe === undefined ? 0 : startupBudget(startupProbe);
  const ready =
    readinessProbe === undefined
      ? 0
      : Math.max(0, (readinessProbe.initialDelaySeconds ?? 0) - started) + firstSuccess(readinessProbe);
  if (startupProbe !== undefined) return { seconds: started + ready, bound: 'probes' };
  return { seconds: ready, bound: readinessProbe === undefined ? 'at once' : 'nothing' };
}

function startupBudget({
  initialDelaySeconds = 0,
  periodSeconds = 10,
  failureThreshold = 3,
  timeoutSeconds = 1,
}: Probe): number {
  return initialDelaySeconds + periodSeconds * failureThreshold + timeoutSeconds;
}

function firstSuccess({ periodSeconds = 10, successThreshold = 1, timeoutSeconds = 1 }: Probe): number {
  return periodSeconds * successThreshold + timeoutSeconds;
}
