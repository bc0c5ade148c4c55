import { changed, type Placement, place, total, Visited } from './placements';
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
  /** Evictions that have to wait for one another, at most. */
  readonly rounds: number;
}

interface Moment extends Placement {
  readonly rounds: number;
}

/**
 * `kubectl drain` of a node: it is cordoned, and pods are evicted as long as their budget allows. An eviction is allowed
 * while more pods are ready than the budget desires, and refused always where two budgets select a pod.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
 * @throws TooLarge
 */
export function drain(scheduler: Scheduler, from: Placement, node: number): Drain {
  const { workload } = scheduler;
  const [budget, second] = workload.budgets;
  const away = new Set([node]);
  const result = { floor: total(from.counts), mayBlock: false, mayWait: false, mostBeside: 0, rounds: 0 };
  const moments = new Visited<Moment>(
    ({ counts, waiting, rounds }) => `${counts.join()};${waiting};${rounds}`,
  );
  moments.add({ ...from, rounds: 0 });
  for (const { counts, waiting, rounds } of moments.all()) {
    const there = counts[node] ?? 0;
    const ready = total(counts);
    result.rounds = Math.max(result.rounds, rounds);
    if (there === 0) {
      result.mayWait ||= waiting > 0;
      continue;
    }
    const allowed = budget === undefined ? there : Math.min(there, ready - budget.desired);
    if (allowed <= 0 || second !== undefined) {
      result.mayBlock = true;
      continue;
    }
    for (let evicted = 1; evicted <= allowed; evicted += 1) {
      result.floor = Math.min(result.floor, ready - evicted);
      const left = changed(counts, node, -evicted);
      for (const next of place(scheduler, evicted + waiting, left, away)) {
        const placed = evicted + waiting - next.waiting;
        result.mostBeside = Math.max(result.mostBeside, Math.min(evicted, placed));
        moments.add({ ...next, rounds: rounds + 1 });
      }
    }
  }
  return result;
}
