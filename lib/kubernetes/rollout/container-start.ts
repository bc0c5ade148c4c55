import type { Container, Probe } from '../../../imports/kubernetes/kinds';
import { defaultValues } from '../lifecycle/default-values';

/** How long a container takes to be ready, if it starts well, and what bounds that. */
export interface ContainerStart {
  /** Until its startup probe has succeeded, at worst; 0 without one. */
  readonly startedAfter: number;
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

/** Seconds of failing that a startup or liveness probe allows from the container's start. */
export function probeBudget(probe: Probe): number {
  const { initialDelaySeconds, periodSeconds, failureThreshold } = { ...defaultValues.probe, ...probe };
  return initialDelaySeconds + periodSeconds * failureThreshold;
}

function firstSuccess(probe: Probe): number {
  const { periodSeconds, successThreshold, timeoutSeconds } = { ...defaultValues.probe, ...probe };
  return periodSeconds * successThreshold + timeoutSeconds;
}
