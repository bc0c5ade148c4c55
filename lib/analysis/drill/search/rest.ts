import { resolvePace } from '../../../kubernetes/rollout/rollout-pace';
import { changed, keyOfNodes, nowhere, type Placement, place, total, Visited } from './placements';
import { beginning, rollout } from './rollout';
import type { Counts, Scheduler } from './scheduler';

/**
 * Possible placements before any failure, if all nodes have been up. A first apply, rollouts or an autoscaler placed
 * the pods. Kubernetes does not rebalance pods: `placementsAfterReturn` covers the placements after a drain or a lost
 * node.
 *
 * @throws TooLarge
 */
export function placementsAtRest(scheduler: Scheduler): Placement[] {
  const { workload } = scheduler;
  const { replicas, mostReplicas, strategy } = workload;
  const none = emptyCounts(scheduler);
  if (workload.kind === 'DaemonSet') {
    return [{ counts: none.map((_, node) => (workload.admitted.has(node) ? 1 : 0)), waiting: 0 }];
  }
  const first = place(scheduler, replicas, none, nowhere);
  const rolls = strategy?.kind === 'RollingUpdate' && !workload.isSticky;
  if (!rolls && mostReplicas === replicas) return first;
  const states = new Visited<Placement>(
    ({ counts, waiting }) => `${keyOfNodes(scheduler, nowhere, (node) => String(counts[node]))};${waiting}`,
  );
  for (const each of first) states.add(each);
  // One search rolls out all new placements.
  for (let fresh = [...states.all()]; fresh.length > 0; fresh = [...states.all()]) {
    for (const each of fresh.flatMap((from) => scaled(scheduler, from))) states.add(each);
    if (!rolls) continue;
    const sizes = new Set(fresh.map(sizeOf));
    for (const size of sizes) {
      const starts = fresh.filter((each) => sizeOf(each) === size).map(beginning);
      const { ends } = rollout(scheduler, resolvePace(workload.strategy, size), size, starts, nowhere);
      for (const counts of ends) states.add({ counts, waiting: 0 });
    }
  }
  return states.visited;
}

function sizeOf({ counts, waiting }: Placement): number {
  return total(counts) + waiting;
}

/** The placements after an autoscaler added one pod, or removed any one pod. */
function scaled(scheduler: Scheduler, from: Placement): Placement[] {
  const { replicas, mostReplicas } = scheduler.workload;
  const { counts, waiting } = from;
  const size = sizeOf(from);
  const more =
    size < mostReplicas
      ? place(scheduler, 1, counts, nowhere).map((next) => ({ ...next, waiting: waiting + next.waiting }))
      : [];
  if (size <= replicas) return more;
  const fewer = counts.flatMap((there, node) =>
    there > 0 ? [{ waiting, counts: changed(counts, node, -1) }] : [],
  );
  return [...more, ...fewer, ...(waiting > 0 ? [{ counts, waiting: waiting - 1 }] : [])];
}

/**
 * Possible placements after a lost or drained node is back and before the next rollout: the former pods of the node
 * stay on other nodes.
 *
 * @throws TooLarge
 */
export function placementsAfterReturn(scheduler: Scheduler, rest: readonly Placement[]): Placement[] {
  const { kind, isSticky } = scheduler.workload;
  if (kind === 'DaemonSet' || isSticky) return [...rest];
  return rest.flatMap(({ counts, waiting }) =>
    counts.flatMap((there, node) => {
      if (there === 0) return [{ counts, waiting }];
      const left = changed(counts, node, -there);
      // Pending pods are scheduled as soon as the node is back.
      return place(scheduler, there + waiting, left, new Set([node])).flatMap((moved) =>
        place(scheduler, moved.waiting, moved.counts, nowhere),
      );
    }),
  );
}

/** Counts with no pod on any node. */
export function emptyCounts({ size }: Scheduler): Counts {
  return Array.from({ length: size }, () => 0);
}
