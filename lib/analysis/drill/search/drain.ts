import { changed, type Placement, total, Visited } from './placements';
import type { Scheduler } from './scheduler';

/** The result of draining one node, in the worst case. */
export interface Drain {
  /** Minimum number of ready pods. */
  readonly floor: number;
  /** Whether some order of events leaves a pod that is never evicted. */
  readonly mayBlock: boolean;
  /** Pods that may stay Pending until the node is back. */
  readonly mayWait: boolean;
  /** Maximum number of replacements that run while the evicted pods are still ending. */
  readonly mostOverlapping: number;
  /** Maximum number of pod starts that have to wait for each other. */
  readonly rounds: number;
}

interface DrainMoment extends Placement {
  /** Replacements that are starting, on any node. */
  readonly starting: number;
}

/**
 * Simulates `kubectl drain` of a node: the node is cordoned, and pods are evicted as far as their budgets allow. An
 * eviction is allowed while more pods are ready than the budget requires, and always refused if two budgets select the
 * pod. The search covers every node for a replacement, and every time at which the replacement can become ready.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
 * @throws TooLarge
 */
export function drain(scheduler: Scheduler, from: Placement, node: number): Drain {
  const { budgets, isSticky } = scheduler.workload;
  const desired = budgets.length > 1 ? Number.POSITIVE_INFINITY : (budgets[0]?.desired ?? 0);
  const away = new Set([node]);
  const evictable = from.counts[node] ?? 0;
  const spare = Math.max(1, total(from.counts) - desired);
  const result = {
    ...{ floor: total(from.counts), mayBlock: false, mayWait: false, mostOverlapping: 0 },
    rounds: Math.ceil(evictable / spare),
  };
  const moments = new Visited<DrainMoment>(
    ({ counts, waiting, starting }) => `${counts.join()};${waiting};${starting}`,
  );
  moments.add({ ...from, starting: 0 });
  for (const moment of moments.all()) {
    const { counts, waiting, starting } = moment;
    const there = counts[node] ?? 0;
    const ready = total(counts) - starting;
    const placed = evictable - there + from.waiting - waiting;
    result.floor = Math.min(result.floor, ready);
    result.mostOverlapping = Math.max(result.mostOverlapping, Math.min(placed, evictable - there));
    const isEvicting = there > 0 && ready > desired;
    const { nodes, mayWait } =
      waiting > 0 && !isSticky ? scheduler.choose(counts, counts, away) : { nodes: [], mayWait: true };
    // If no other event is guaranteed to happen, the drain may hang in this state.
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
