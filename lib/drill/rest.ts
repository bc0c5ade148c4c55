import { changed, keyOfNodes, nowhere, type Placement, place, total, Visited } from './placements';
import { rollout } from './rollout';
import type { Counts, Scheduler } from './scheduler';

/**
 * Where a workload's pods may be at rest: placed while every node was up, by a first apply or by rollouts since. Pods
 * are not moved later (Kubernetes doesn't rebalance), so that what comes of a drain or a lost node is another question:
 * `placementsAfterReturn`.
 *
 * @throws TooLarge
 */
export function placementsAtRest(scheduler: Scheduler): Placement[] {
  const { workload } = scheduler;
  const none = emptyCounts(scheduler);
  if (workload.kind === 'DaemonSet') {
    return [{ counts: none.map((_, node) => (workload.admitted.has(node) ? 1 : 0)), waiting: 0 }];
  }
  const first = place(scheduler, workload.mostReplicas, none, nowhere);
  if (workload.mostReplicas > workload.replicas) return first.flatMap((each) => fewer(scheduler, each));
  const { strategy } = workload;
  if (strategy.kind === 'Recreate' || workload.kind !== 'Deployment') return first;
  return closedUnderRollouts(scheduler, first, (starts) =>
    rollout(scheduler, strategy, workload.replicas, starts, nowhere),
  );
}

/**
 * Where they may be once a node that was lost or drained is back, with no rollout since: what left it stays away.
 *
 * @throws TooLarge
 */
export function placementsAfterReturn(scheduler: Scheduler, rest: readonly Placement[]): Placement[] {
  if (scheduler.workload.kind === 'DaemonSet') return [...rest];
  return rest.flatMap(({ counts, waiting }) =>
    counts.flatMap((there, node) => {
      if (there === 0) return [{ counts, waiting }];
      const left = changed(counts, node, -there);
      // What waits is placed when the node is back.
      return place(scheduler, there + waiting, left, new Set([node])).flatMap((moved) =>
        place(scheduler, moved.waiting, moved.counts, nowhere),
      );
    }),
  );
}

/** No pod anywhere. */
export function emptyCounts({ size }: Scheduler): Counts {
  return Array.from({ length: size }, () => 0);
}

/** An autoscaler takes pods away as it likes: which, is not modelled, so it may be any. */
function fewer({ workload }: Scheduler, from: Placement): Placement[] {
  const found: Placement[] = [];
  const states = new Visited<Placement>(({ counts, waiting }) => `${counts.join()};${waiting}`);
  states.add(from);
  for (const state of states.all()) {
    found.push(state);
    if (total(state.counts) + state.waiting <= workload.replicas) continue;
    state.counts.forEach((there, node) => {
      if (there > 0) states.add({ ...state, counts: changed(state.counts, node, -1) });
    });
    if (state.waiting > 0) states.add({ ...state, waiting: state.waiting - 1 });
  }
  return found;
}

function closedUnderRollouts(
  scheduler: Scheduler,
  first: readonly Placement[],
  roll: (starts: readonly Counts[]) => { readonly ends: readonly Counts[] },
): Placement[] {
  const known = new Map<string, Placement>();
  const keyOf = ({ counts, waiting }: Placement) =>
    `${keyOfNodes(scheduler, nowhere, (node) => String(counts[node]), counts.length)};${waiting}`;
  let fresh = [...first];
  while (fresh.length > 0) {
    for (const each of fresh) known.set(keyOf(each), each);
    const { ends } = roll(fresh.map(({ counts }) => counts));
    fresh = ends.map((counts) => ({ counts, waiting: 0 })).filter((each) => !known.has(keyOf(each)));
  }
  return [...known.values()];
}
