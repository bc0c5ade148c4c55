import type { PodSpec } from '../../../../imports/kubernetes/kinds';
import { describeSeconds } from '../../../documents/duration';
import { containerStart } from '../../../kubernetes/pod-start';

/** How long a pod that starts well takes to be ready, at worst; what bounds it stands in its probes. */
export type Start =
  | { readonly bound: 'probes'; readonly seconds: number }
  /** Nothing restarts a start that takes long: it may take any time. */
  | { readonly bound: 'none'; readonly why: string }
  /** It counts as ready as soon as it runs, whether or not it answers. */
  | { readonly bound: 'at once' };

/** The start of a pod whose containers start together. Pulling the image and finding a node come before, unbounded. */
export function startOf({ containers = [], initContainers = [] }: PodSpec): Start {
  if (initContainers.some(({ restartPolicy }) => restartPolicy !== 'Always'))
    return { bound: 'none', why: 'its init containers end first, which no probe bounds' };
  const starts = [...initContainers, ...containers].map(containerStart);
  if (starts.some(({ bound }) => bound === 'nothing'))
    return { bound: 'none', why: 'no startup probe bounds how long it takes to be ready' };
  if (starts.every(({ bound }) => bound === 'at once')) return { bound: 'at once' };
  return { bound: 'probes', seconds: Math.max(...starts.map(({ seconds }) => seconds)) };
}

/** The time between the end of the old pod and the first answer of the new one, in words. */
export function describeGap({ terminationGracePeriodSeconds: grace = 30 }: PodSpec, start: Start): string {
  const stops = `up to ${describeSeconds(grace)} until the old pod has ended`;
  if (start.bound === 'probes')
    return `${stops}, and up to ${describeSeconds(start.seconds)} until the new one is ready: ${describeSeconds(grace + start.seconds)} at worst`;
  const why = start.bound === 'none' ? start.why : 'no probe says when it works';
  return `${stops}, and then as long as the new one takes to start: ${why}`;
}
