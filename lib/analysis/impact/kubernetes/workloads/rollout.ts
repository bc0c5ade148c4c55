import type { PodSpec } from '../../../../../imports/kubernetes/kinds';
import { describeSeconds } from '../../../../documents/duration';
import type { KubernetesObject } from '../../../../documents/kubernetes';
import { specAs } from '../../../../kubernetes/kinds';
import { terminationGrace } from '../../../../kubernetes/rollout/pod-end';
import { isZeroShare, type PodShare } from '../../../../kubernetes/rollout/pod-share';
import { type PodStart, podStart } from '../../../../kubernetes/rollout/pod-start';
import { longestRollout } from '../../../../kubernetes/rollout/rollout-duration';
import { resolvePace } from '../../../../kubernetes/rollout/rollout-pace';
import {
  isPaused,
  type RollingUpdate,
  rolloutStrategyOf,
} from '../../../../kubernetes/rollout/rollout-strategy';
import type { ChangedObject, Objects } from '../objects';
import { describeGap, whyUnbounded } from './start';

/** How an object's pods are replaced. */
export interface RolloutImpact {
  /** Such as `3 pods, one at a time: ...`: how many pods at once, and whether there is downtime. */
  readonly sentence: string;
  /** Whether there is downtime, or pods count as ready too early. */
  readonly hasGap: boolean;
}

/** The running pods that a rollout replaces, with the time an old pod takes to end and a new pod to start. */
interface Replacement {
  readonly least: number;
  readonly most: number;
  readonly minReadySeconds: number;
  /** Termination grace period of the old pod, in seconds. */
  readonly grace: number;
  readonly start: PodStart;
}

/** The effect of a new pod template on the running pods; undefined if they are not replaced. */
export function rolloutOf(
  { before, after }: Pick<ChangedObject, 'before' | 'after'>,
  head: Objects,
): RolloutImpact | undefined {
  const strategy = rolloutStrategyOf(after);
  const replacement: Replacement = {
    ...(head.manifests.pods.madeBy(after)?.count ?? { least: 1, most: 1 }),
    minReadySeconds: specAs('Deployment', after).minReadySeconds ?? 0,
    grace: terminationGrace(podSpecOf(before)),
    start: podStart(podSpecOf(after)),
  };
  const { least, grace, start } = replacement;
  if (strategy === undefined || strategy.kind === 'OnDelete' || isPaused(after)) return undefined;
  if (after.kind !== 'DaemonSet' && least === 0)
    return { sentence: 'No pod runs, so no pod restarts.', hasGap: false };
  if (strategy.kind !== 'RollingUpdate') {
    const sentence = `The old pods stop before the new pods start, so no pod runs in between: ${describeGap(grace, start)}.`;
    return { sentence, hasGap: true };
  }
  return rolling[strategy.controller](strategy, replacement);
}

const rolling = {
  Deployment: rollDeployment,
  StatefulSet: rollStatefulSet,
  DaemonSet: rollDaemonSet,
} as const;

function rollDeployment(strategy: RollingUpdate, replacement: Replacement): RolloutImpact {
  const { least, most, grace, start } = replacement;
  const { surge, unavailable } = resolvePace(strategy, least);
  const available = least - unavailable;
  const atOnce = surge + unavailable;
  const step = atOnce >= least ? 'all at once' : `${atOnce} at a time`;
  const pods = least === most ? count(least) : `${least} to ${most} pods`;
  if (available === 0) {
    const sentence = `${capital(pods)}, ${step}, and no pod runs in between: ${describeGap(grace, start)}.`;
    return { sentence, hasGap: true };
  }
  const stays =
    unavailable === 0
      ? 'each new pod is ready before an old one stops: no downtime'
      : `at least ${available} ${available === 1 ? 'stays' : 'stay'} ready: fewer pods, no downtime`;
  const { isBlind } = start;
  const blind = isBlind ? ', but without a readiness probe a new pod counts as ready before it answers' : '';
  return {
    sentence: `${capital(pods)}, ${step}; ${stays}${blind}.${describeDuration(replacement)}`,
    hasGap: isBlind,
  };
}

function describeDuration({ most, minReadySeconds, grace, start }: Replacement): string {
  if (whyUnbounded(start) !== undefined) return '';
  return ` The rollout takes up to ${describeSeconds(longestRollout(most, start.seconds + minReadySeconds, grace))}.`;
}

function rollStatefulSet(
  { partition }: RollingUpdate,
  { least, grace, start }: Replacement,
): RolloutImpact | undefined {
  if (partition >= least) return undefined;
  const each = least === 1 ? 'the only pod' : `${count(least)}, one after another: each pod`;
  return {
    sentence: `${capital(each)} stops before its replacement starts: ${describeGap(grace, start)}.`,
    hasGap: true,
  };
}

function rollDaemonSet(
  { maxSurge, maxUnavailable }: RollingUpdate,
  { grace, start }: Replacement,
): RolloutImpact {
  if (!isZeroShare(maxSurge))
    return {
      sentence: 'One node at a time; each new pod is ready before the old one stops: no downtime.',
      hasGap: false,
    };
  const sentence = `On ${describeNodes(maxUnavailable)}, and no pod runs on that node in between: ${describeGap(grace, start)}.`;
  return { sentence, hasGap: true };
}

function describeNodes(maxUnavailable: PodShare): string {
  if (typeof maxUnavailable === 'string') return `${maxUnavailable} of the nodes at a time`;
  return maxUnavailable === 1 ? 'one node after another' : `${maxUnavailable} nodes at a time`;
}

/** The pod spec of a workload whose pods don't run to completion. */
export function podSpecOf(object: KubernetesObject): PodSpec {
  return specAs('Deployment', object).template?.spec ?? {};
}

function count(pods: number): string {
  return pods === 1 ? '1 pod' : `${pods} pods`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
