import { changed, type Placement, total, Visited } from './placements';
import type { Scheduler } from './scheduler';

/** What may come of draining one node. */
export interface Drain {
  /** The fewest pods that are ready at any moment. */
  readonly floor: number;
  /** Some order of events leads to a pod that may never be evicted. */
  readonly mayBlock: boolean;
  /** Pods that may find no room until the node is back. */
  readonly mayWait: boolean;
  /** The most replacements that may run while those that are evicted end. */
  readonly mostBeside: number;
  /** Starts that may have to be waited for, one after another. */
  readonly rounds: number;
}

interface DrainMoment extends Placement {
  /** Replacements that are starting, wherever they are. */
  readonly starting: number;
}

/**
 * `kubectl drain` of a node: it is cordoned, and pods are evicted as far as their budgets allow. An eviction is
 * allowed while more pods are ready than the budget requires, and always refused if two budgets select a pod. The
 * search covers every node for a replacement and every time at which it becomes ready.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
 * @throws TooLarge
 */
export function drain(scheduler: Scheduler, from: Placement, node: number): Drain {
  const { budgets, isSticky } = scheduler.workload;
  const desired = budgets.length > 1 ? Number.POSITIVE_INFINITY : (budgets[0]?.desired ?? 0);
  const away = new Set([node]);
  const held = from.counts[node] ?? 0;
  const spare = Math.max(1, total(from.counts) - desired);
  const result = {
    ...{ floor: total(from.counts), mayBlock: false, mayWait: false, mostBeside: 0 },
    rounds: Math.ceil(held / spare),
  };
  const moments = new Visited<DrainMoment>(
    ({ counts, waiting, starting }) => `${counts.join()};${waiting};${starting}`,
  );
  moments.add({ ...from, starting: 0 });
  for (const moment of moments.all()) {
    const { counts, waiting, starting } = moment;
    const there = counts[node] ?? 0;
    const ready = total(counts) - starting;
    const placed = held - there + from.waiting - waiting;
    result.floor = Math.min(result.floor, ready);
    result.mostBeside = Math.max(result.mostBeside, Math.min(placed, held - there));
    const isEvicting = there > 0 && ready > desired;
    const { nodes, mayWait } =
      waiting > 0 && !isSticky ? scheduler.choose(counts, counts, away) : { nodes: [], mayWait: true };
    // Where nothing is sure to happen any more, it may stay so.
    if (!isEvicting && starting === 0 && mayWait) {
      result.mayBlock ||= there > 0;
      result.mayWait ||= waiting > 0;
    }
    if (isEvicting) moments.add({ ...moment, counts: changed(counts, node, -1), waiting: waiting + 1 });
    if (starting > 0) moments.add({ ...moment, starting: starting - 1 });
    for (const to of nodes)
      moments.add({ counts: changed(counts, to, 1), waiting: waiting - 1, starting: starting + 1 });
  }
  return result;
}
