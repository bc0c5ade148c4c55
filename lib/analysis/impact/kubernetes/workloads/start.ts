import { describeSeconds } from '../../../../documents/duration';
import type { PodStart } from '../../../../kubernetes/rollout/pod-start';

/** Why the duration of a start has no bound; undefined if probes bound it. */
export function whyUnbounded({ unbounded, isBlind }: PodStart): string | undefined {
  const causes = unbounded.map(({ cause }) => cause);
  if (causes.includes('init-container'))
    return 'its init containers end first, and no probe bounds how long they take';
  if (causes.includes('no-startup-probe')) return 'no startup probe bounds how long it takes to be ready';
  return isBlind ? 'no probe says when it works' : undefined;
}

/**
 * The time between the end of the old pod and the first answer of the new one, in words.
 *
 * @param grace seconds that the old pod may take to end
 */
export function describeGap(grace: number, start: PodStart): string {
  const stops = `up to ${describeSeconds(grace)} until the old pod has ended`;
  const why = whyUnbounded(start);
  return why === undefined
    ? `${stops}, and up to ${describeSeconds(start.seconds)} until the new one is ready: ${describeSeconds(grace + start.seconds)} at worst`
    : `${stops}, and then as long as the new one takes to start: ${why}`;
}
