import type { Container, PodSpec, Probe } from '../../imports/kubernetes/kinds';
import { describeSeconds } from './durations';

/** How long a pod that starts well takes to be ready, at worst; what bounds it stands in its probes. */
export type Start =
  | { readonly bound: 'probes'; readonly seconds: number }
  /** Nothing restarts a start that takes long: it may take any time. */
  | { readonly bound: 'none'; readonly why: string }
  /** It counts as ready as soon as it runs, whether or not it answers. */
  | { readonly bound: 'at once' };

/**
 * The start that the probes of a pod allow. A startup probe is asked `failureThreshold` times before the container is
 * killed; readiness is asked from then on. Pulling the image and finding a node come before, and nothing bounds them.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export function startOf({ containers = [], initContainers = [] }: PodSpec): Start {
  if (initContainers.some(({ restartPolicy }) => restartPolicy !== 'Always'))
    return { bound: 'none', why: 'its init containers end first, which no probe bounds' };
  const starts = [...initContainers, ...containers].map(startOfContainer);
  const unbounded = starts.find(({ bound }) => bound === 'none');
  if (unbounded !== undefined) return unbounded;
  const seconds = starts.map((start) => (start.bound === 'probes' ? start.seconds : 0));
  return starts.some(({ bound }) => bound === 'probes')
    ? { bound: 'probes', seconds: Math.max(...seconds) }
    : { bound: 'at once' };
}

function startOfContainer({ startupProbe, readinessProbe }: Container): Start {
  if (startupProbe === undefined && readinessProbe === undefined) return { bound: 'at once' };
  if (startupProbe === undefined)
    return { bound: 'none', why: 'no startup probe bounds how long it takes to be ready' };
  const { failureThreshold = 3 } = startupProbe;
  const started = first(startupProbe) + failureThreshold * period(startupProbe);
  const ready =
    readinessProbe === undefined ? 0 : Math.max(0, first(readinessProbe) - started) + period(readinessProbe);
  return { bound: 'probes', seconds: started + ready };
}

function first({ initialDelaySeconds = 0 }: Probe): number {
  return initialDelaySeconds;
}

function period({ periodSeconds = 10 }: Probe): number {
  return periodSeconds;
}

/** The time between the end of the old pod and the first answer of the new one, in words. */
export function describeGap({ terminationGracePeriodSeconds: grace = 30 }: PodSpec, start: Start): string {
  const stops = `up to ${describeSeconds(grace)} until the old pod has ended`;
  if (start.bound === 'probes')
    return `${stops}, and up to ${describeSeconds(start.seconds)} until the new one is ready: ${describeSeconds(grace + start.seconds)} at worst`;
  const why = start.bound === 'none' ? start.why : 'no probe says when it works';
  return `${stops}, and then as long as the new one takes to start: ${why}`;
}
