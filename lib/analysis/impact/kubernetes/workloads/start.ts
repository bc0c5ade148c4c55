import { describeSeconds } from '../../../../documents/duration';
import type { PodStart } from '../../../../kubernetes/rollout/pod-start';

/** Why the duration of a start is not limited. Undefined if probes limit it. */
export function whyUnbounded({ unbounded, isBlind }: PodStart): string | undefined {
  const causes = unbounded.map(({ cause }) => cause);
  if (causes.includes('init-container'))
    return 'its init containers run first, and no probe limits how long they take';
  if (causes.includes('no-startup-probe'))
    return 'no startup probe limits how long the pod takes to become ready';
  return isBlind ? 'no probe reports when the pod is ready' : undefined;
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
