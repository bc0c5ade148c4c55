import type { RolloutPace } from '../../../kubernetes/rollout/rollout-pace';
import { changed, keyOfNodes, type Placement, total, Visited } from './placements';
import type { Away, Counts, Scheduler } from './scheduler';

/** A state of a rollout: pods of both templates on each node, and Pending pods. */
export interface RolloutMoment {
  /** Ready old pods. */
  readonly old: Counts;
  /** Pending old pods. */
  readonly oldWaiting: number;
  /** Ready new pods. */
  readonly ready: Counts;
  /** Starting new pods. */
  readonly starting: Counts;
  /** Pending new pods. */
  readonly waiting: number;
}

/** The results of a rollout, in the worst case. */
export interface Rollout {
  /** Minimum number of ready pods. */
  readonly floor: number;
  /** Whether some order of events leads to a state in which no further event is guaranteed. */
  readonly mayStick: boolean;
  /** Possible placements of the new pods after the rollout. */
  readonly ends: readonly Counts[];
  /** Every reachable state. States that differ only by swapped identical nodes are listed once. */
  readonly moments: readonly RolloutMoment[];
}

/** The first state of a rollout. */
export function beginning({ counts, waiting }: Placement): RolloutMoment {
  const none = counts.map(() => 0);
  return { old: counts, oldWaiting: waiting, ready: none, starting: none, waiting: 0 };
}

/** The state after the loss of a node: the old and the new ReplicaSet replace their lost pods. */
export function withoutNode(
  { old, oldWaiting, ready, starting, waiting }: RolloutMoment,
  node: number,
): RolloutMoment {
  const without = (counts: Counts) => counts.map((each, index) => (index === node ? 0 : each));
  return {
    old: without(old),
    oldWaiting: oldWaiting + (old[node] ?? 0),
    ready: without(ready),
    starting: without(starting),
    waiting: waiting + (ready[node] ?? 0) + (starting[node] ?? 0),
  };
}

/**
 * Simulates every possible course of a rolling update. The Deployment controller adds new pods up to the replicas plus
 * the surge. As long as enough pods are ready, it removes old pods, unready ones first. The search covers every choice
 * of pods, and every order in which pods become ready.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment
 * @throws TooLarge
 */
export function rollout(
  scheduler: Scheduler,
  pace: RolloutPace,
  replicas: number,
  starts: readonly RolloutMoment[],
  away: Away,
): Rollout {
  const ends: Counts[] = [];
  const seen: RolloutMoment[] = [];
  let floor = Number.POSITIVE_INFINITY;
  let mayStick = false;
  const moments = new Visited<RolloutMoment>(({ old, oldWaiting, ready, starting, waiting }) => {
    const of = (node: number) => `${old[node]},${ready[node]},${starting[node]}`;
    return `${keyOfNodes(scheduler, away, of)};${oldWaiting};${waiting}`;
  });
  for (const start of starts) moments.add(start);
  for (const moment of moments.all()) {
    seen.push(moment);
    const { old, oldWaiting, ready, waiting } = moment;
    floor = Math.min(floor, total(old) + total(ready));
    if (total(old) + oldWaiting === 0 && total(ready) === replicas && waiting === 0) {
      ends.push(ready);
      continue;
    }
    const sure = [...controlled(moment, pace, replicas), ...becomingReady(moment)];
    const { next, isSure } = scheduled(scheduler, moment, away);
    if (sure.length === 0 && !isSure) mayStick = true;
    for (const each of [...sure, ...next]) moments.add(each);
  }
  return { floor, mayStick, ends, moments: seen };
}

/** The states after the possible next steps of the Deployment controller. */
function controlled(
  moment: RolloutMoment,
  { surge, unavailable }: RolloutPace,
  replicas: number,
): RolloutMoment[] {
  const { old, oldWaiting, ready, starting, waiting } = moment;
  const made = total(ready) + total(starting) + waiting;
  const all = total(old) + oldWaiting + made;
  const least = replicas - unavailable;
  const available = total(old) + total(ready);
  const next: RolloutMoment[] = [];
  if (made < replicas && all < replicas + surge) next.push({ ...moment, waiting: waiting + 1 });
  if (oldWaiting > 0 && all - least - (made - total(ready)) > 0)
    next.push({ ...moment, oldWaiting: oldWaiting - 1 });
  if (available > least)
    old.forEach((there, node) => {
      if (there > 0) next.push({ ...moment, old: changed(old, node, -1) });
    });
  return next;
}

function becomingReady(moment: RolloutMoment): RolloutMoment[] {
  const { ready, starting } = moment;
  return starting.flatMap((there, node) =>
    there === 0 ? [] : [{ ...moment, ready: changed(ready, node, 1), starting: changed(starting, node, -1) }],
  );
}

/** The states after the scheduler has placed a Pending pod, and whether the scheduler is guaranteed to find a node. */
function scheduled(
  scheduler: Scheduler,
  moment: RolloutMoment,
  away: Away,
): { readonly next: readonly RolloutMoment[]; readonly isSure: boolean } {
  const { old, oldWaiting, ready, starting, waiting } = moment;
  const same = ready.map((each, node) => each + (starting[node] ?? 0));
  const all = same.map((each, node) => each + (old[node] ?? 0));
  const next: RolloutMoment[] = [];
  let isSure = false;
  if (waiting > 0) {
    const { nodes, mayWait } = scheduler.choose(all, same, away);
    isSure ||= !mayWait;
    for (const node of nodes)
      next.push({ ...moment, starting: changed(starting, node, 1), waiting: waiting - 1 });
  }
  if (oldWaiting > 0) {
    const { nodes, mayWait } = scheduler.choose(all, old, away);
    isSure ||= !mayWait;
    for (const node of nodes)
      next.push({ ...moment, old: changed(old, node, 1), oldWaiting: oldWaiting - 1 });
  }
  return { next, isSure };
}
