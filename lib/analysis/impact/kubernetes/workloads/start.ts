import { describeSeconds } from '../../../../documents/duration';
import type { PodStart } from '../../../../kubernetes/rollout/pod-start';

/** The reason why the start of a pod has no time limit. Undefined if probes limit its duration. */
export function whyUnbounded({ unbounded, isBlind }: PodStart): string | undefined {
  const causes = unbounded.map(({ cause }) => cause);
  if (causes.includes('init-container'))
    return 'its init containers run first, and no probe limits how long they take';
  if (causes.includes('no-startup-probe'))
    return 'no startup probe limits how long the pod takes to become ready';
  return isBlind ? 'no probe reports when the pod is ready' : undefined;
}

/**
 * Describes the time between the end of the old pod and the first answer of the new pod.
 *
 * @param grace seconds that the old pod may take to end
 */
export function describeGap(grace: number, start: PodStart): string {
  const stops = `up to ${describeSeconds(grace)} until the old pod has ended`;
  const why = whyUnbounded(start);
  return why === undefined
    ? `${stops}, and up to ${describeSeconds(start.seconds)} until the new pod is ready: ${describeSeconds(grace + start.seconds)} at worst`
    : `${stops}, plus the time that the new pod takes to start: ${why}`;
}
