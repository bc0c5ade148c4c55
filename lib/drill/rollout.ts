import { changed, keyOfNodes, total, Visited } from './placements';
import type { Away, Counts, Scheduler } from './scheduler';
import type { Strategy } from './workload';

/** A moment of a rollout: pods on each node, and new ones that wait for room. */
interface Moment {
  readonly old: Counts;
  /** New ones that are ready. */
  readonly ready: Counts;
  /** New ones that are starting. */
  readonly starting: Counts;
  readonly waiting: number;
}

/** What may come of a rollout. */
export interface Rollout {
  /** The fewest pods that are ready at any moment. */
  readonly floor: number;
  /** The fewest that are left at any moment when one node, by index, is lost. */
  readonly floorWithout: readonly number[];
  /** Some order of events leads to where nothing moves any more. */
  readonly mayStick: boolean;
  /** Where the new pods may be in the end. */
  readonly ends: readonly Counts[];
}

/**
 * Every way that a rolling update may go: the Deployment controller adds new pods as long as there are no more than the
 * replicas and the surge, and takes old ones away as long as so many stay ready as are not allowed to be unavailable;
 * which, and in what order pods become ready, is anybody's choice.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment
 * @throws TooLarge
 */
export function rollout(
  scheduler: Scheduler,
  { surge, unavailable }: Extract<Strategy, { kind: 'RollingUpdate' }>,
  replicas: number,
  starts: readonly Counts[],
  away: Away,
): Rollout {
  const size = starts[0]?.length ?? 0;
  const none: Counts = Array.from({ length: size }, () => 0);
  const ends: Counts[] = [];
  const floorWithout = Array.from({ length: size }, () => Number.POSITIVE_INFINITY);
  let floor = Number.POSITIVE_INFINITY;
  let mayStick = false;
  const moments = new Visited<Moment>(({ old, ready, starting, waiting }) => {
    const of = (node: number) => `${old[node]},${ready[node]},${starting[node]}`;
    return `${keyOfNodes(scheduler, away, of, size)};${waiting}`;
  });
  for (const old of starts) moments.add({ old, ready: none, starting: none, waiting: 0 });
  for (const moment of moments.all()) {
    const { old, ready, starting, waiting } = moment;
    const both = old.map((each, node) => each + (ready[node] ?? 0));
    const available = total(both);
    floor = Math.min(floor, available);
    both.forEach((each, node) => {
      floorWithout[node] = Math.min(floorWithout[node] ?? 0, available - each);
    });
    const made = total(ready) + total(starting) + waiting;
    if (total(old) === 0 && total(ready) === replicas) {
      ends.push(ready);
      continue;
    }
    let moves = false;
    for (let node = 0; node < size; node += 1) {
      if ((starting[node] ?? 0) > 0) {
        moves = true;
        moments.add({
          ...moment,
          ready: changed(ready, node, 1),
          starting: changed(starting, node, -1),
        });
      }
      if ((old[node] ?? 0) > 0 && available > replicas - unavailable) {
        moves = true;
        moments.add({ ...moment, old: changed(old, node, -1) });
      }
    }
    const mayCreate = made < replicas && total(old) + made < replicas + surge;
    if (waiting === 0 && !mayCreate) {
      mayStick ||= !moves;
      continue;
    }
    const same = ready.map((each, node) => each + (starting[node] ?? 0));
    const all = same.map((each, node) => each + (old[node] ?? 0));
    const { nodes, mayWait } = scheduler.choose(all, same, away);
    for (const node of nodes) {
      const waits = waiting > 0 ? waiting - 1 : 0;
      moments.add({ ...moment, starting: changed(starting, node, 1), waiting: waits });
    }
    if (mayWait && mayCreate) moments.add({ ...moment, waiting: waiting + 1 });
    else if (mayWait && !moves) mayStick = true;
  }
  return { floor, floorWithout, mayStick, ends };
}
