import type { Container, Probe } from '../../../imports/kubernetes/kinds';
import { defaultValues } from '../lifecycle/default-values';

/** The time until a healthy container is ready, and what limits that time. */
export interface ContainerStart {
  /** Maximum seconds until the startup probe succeeds. 0 without a startup probe. */
  readonly startedAfter: number;
  /**
   * Seconds until the container is ready. With a startup probe, this is the longest time that the probe allows,
   * counted from the container's start. Without one, it is counted from the moment at which a readiness probe
   * could succeed.
   */
  readonly seconds: number;
  /**
   * What limits the start time.
   *
   * - probes: the kubelet kills the container after this time
   * - nothing: the container may take any time until it answers
   * - at once: the container is ready as soon as it runs, even if it does not answer
   */
  readonly bound: 'probes' | 'nothing' | 'at once';
}

/**
 * The start time that the probes of a container allow. The kubelet kills the container after
 * `failureThreshold` failures of the startup probe. The readiness probe begins after the startup probe has
 * succeeded; its initialDelaySeconds count from the container's start.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export function containerStart({ startupProbe, readinessProbe }: Container): ContainerStart {
  const startedAfter =
    startupProbe === undefined
      ? 0
      : probeBudget(startupProbe) + (startupProbe.timeoutSeconds ?? defaultValues.probe.timeoutSeconds);
  const ready =
    readinessProbe === undefined
      ? 0
      : Math.max(
          0,
          (readinessProbe.initialDelaySeconds ?? defaultValues.probe.initialDelaySeconds) - startedAfter,
        ) + firstSuccess(readinessProbe);
  const seconds = startedAfter + ready;
  if (startupProbe !== undefined) return { startedAfter, seconds, bound: 'probes' };
  return { startedAfter, seconds, bound: readinessProbe === undefined ? 'at once' : 'nothing' };
}

/** Seconds after the container's start during which a startup or liveness probe may fail. */
export function probeBudget(probe: Probe): number {
  const { initialDelaySeconds, periodSeconds, failureThreshold } = { ...defaultValues.probe, ...probe };
  return initialDelaySeconds + periodSeconds * failureThreshold;
}

function firstSuccess(probe: Probe): number {
  const { periodSeconds, successThreshold, timeoutSeconds } = { ...defaultValues.probe, ...probe };
  return periodSeconds * successThreshold + timeoutSeconds;
}
