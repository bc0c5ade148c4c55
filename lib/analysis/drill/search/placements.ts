import type { Away, Counts, Scheduler } from './scheduler';

/** Where the pods of a workload are: their number on each node, and the number of Pending pods. */
export interface Placement {
  readonly counts: Counts;
  readonly waiting: number;
}

/** Maximum number of states in a search. The result of a larger search is unknown. */
const mostStates = 20_000;

/** Thrown if a search is too large. The result is then unknown. */
export class TooLarge extends Error {}

export const nowhere: Away = new Set();

/**
 * The set of states in a search. A state is visited once, and states that differ only by swapped identical nodes are
 * one state.
 */
export class Visited<State> {
  private readonly seen = new Map<string, State>();
  private readonly queue: State[] = [];

  constructor(private readonly keyOf: (state: State) => string) {}

  add(state: State): void {
    const key = this.keyOf(state);
    if (this.seen.has(key)) return;
    if (this.seen.size >= mostStates) throw new TooLarge();
    this.seen.set(key, state);
    this.queue.push(state);
  }

  /** Every state that was added. */
  get visited(): State[] {
    return [...this.seen.values()];
  }

  /** Iterates over the states that are not visited yet, including states that are added during the iteration. */
  *all(): Generator<State> {
    for (let state = this.queue.shift(); state !== undefined; state = this.queue.shift()) yield state;
  }
}

/** The number of pods on all nodes. */
export function total(counts: Counts): number {
  return counts.reduce((sum, each) => sum + each, 0);
}

/** A copy of the counts with a changed number on one node. */
export function changed(counts: Counts, node: number, by: number): Counts {
  return counts.map((each, index) => (index === node ? each + by : each));
}

/** A key that is equal for states that differ only by swapped identical nodes. */
export function keyOfNodes(scheduler: Scheduler, away: Away, of: (node: number) => string): string {
  return scheduler
    .equalNodes(away)
    .map((nodes) => nodes.map(of).sort().join(' '))
    .join('|');
}

/**
 * Every placement that the scheduler may choose for new pods with the same template, given the existing pods.
 *
 * @throws TooLarge
 */
export function place(scheduler: Scheduler, pods: number, from: Counts, away: Away): Placement[] {
  const found: Placement[] = [];
  const states = new Visited<Placement & { readonly left: number }>(
    ({ counts, waiting, left }) =>
      `${keyOfNodes(scheduler, away, (node) => String(counts[node]))};${waiting};${left}`,
  );
  states.add({ counts: from, waiting: 0, left: pods });
  for (const { counts, waiting, left } of states.all()) {
    if (left === 0) {
      found.push({ counts, waiting });
      continue;
    }
    const { nodes, mayWait } = scheduler.choose(counts, counts, away);
    for (const node of nodes) states.add({ counts: changed(counts, node, 1), waiting, left: left - 1 });
    if (mayWait) states.add({ counts, waiting: waiting + 1, left: left - 1 });
  }
  return found;
}
