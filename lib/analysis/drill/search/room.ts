import { resolvePace } from '../../../kubernetes/rollout/rollout-pace';
import { type Amount, howManyFit, isWithin, podsPerNode, times } from '../../../kubernetes/scheduling/node';
import { type DrillCluster, roomOf } from '../cluster/cluster';
import type { DrillWorkload } from '../cluster/workload';

/** Amounts are sums of decimal fractions. */
const slack = 1e-6;

/** Beyond so many nodes the ways to fill them aren't enumerated. */
const enumerable = 10;

/**
 * Whether there is room for one pod more, whatever the scheduler has put where. The pods of the workload itself are where
 * the search has put them; all others of the same or a higher priority are a heap that an adversary spreads over the
 * nodes, and what has a lower one makes way. A node is blocked if less than the request is left of it in CPU, in memory
 * or in pods: the heap blocks a set of nodes if it suffices for all of them at once, and for each of them with no more
 * pods of a workload than the node could hold. That is a bound: the pods may be too coarse to be spread so.
 */
export class Room {
  private readonly rooms: readonly Amount[];
  private readonly heap: Heap;
  /** What one node can get of the heap. */
  private readonly share: readonly Heap[];

  constructor(
    private readonly workload: DrillWorkload,
    cluster: DrillCluster,
  ) {
    const { facts, workloads } = cluster;
    this.rooms = facts.nodes.map((node, index) => roomOf(node, index, cluster));
    const others = workloads.filter(
      (each) =>
        each.object !== workload.object &&
        each.kind !== 'DaemonSet' &&
        !(workload.preempts && each.priority < workload.priority),
    );
    const most = others.map(mostAtOnce);
    this.heap = heapOf(others, most);
    this.share = this.rooms.map((room, node) => {
      const held = others.map(({ admitted, requests }, index) =>
        admitted.has(node) ? Math.min(most[index] ?? 0, howManyFit(requests, room)) : 0,
      );
      return heapOf(others, held);
    });
  }

  /** Whether a node could ever hold so many pods of the workload: if not, no adversary can put them there. */
  holds(node: number, own: number): boolean {
    const room = this.rooms[node];
    if (room === undefined || own > podsPerNode) return false;
    return isWithin(times(this.workload.requests, own), room);
  }

  /** Whether every one of some nodes may be too full for one pod more. */
  mayBeFull(nodes: readonly number[], own: readonly number[]): boolean {
    const needs = nodes.map((node) => this.needs(node, own[node] ?? 0));
    if (needs.length <= enumerable) return fits(needs, this.heap);
    // To fill all of many nodes takes at least what filling any one of them takes.
    return needs.every((need) => fits([need], this.heap));
  }

  /** The same for nodes that have the same to give, and can be filled to the same extent. */
  key(node: number): string {
    const nothing = { cpu: 0, memory: 0, pods: 0 };
    const [room, share] = [this.rooms[node] ?? nothing, this.share[node] ?? nothing];
    return [room.cpu, room.memory, share.cpu, share.memory, share.pods].join('/');
  }

  /** What has to be taken of a node before one pod more doesn't fit. */
  private needs(node: number, own: number): Need {
    const room = this.rooms[node] ?? { cpu: 0, memory: 0 };
    const { cpu, memory } = this.workload.requests;
    return {
      cpu: room.cpu - (own + 1) * cpu,
      memory: room.memory - (own + 1) * memory,
      pods: podsPerNode - (own + 1),
      share: this.share[node] ?? { cpu: 0, memory: 0, pods: 0 },
    };
  }
}

/** Pods of other workloads, as what they request in all. */
interface Heap extends Amount {
  readonly pods: number;
}

interface Need extends Heap {
  readonly share: Heap;
}

/** Whether a heap suffices to take more than is needed of each node, in one resource or another. */
function fits([need, ...others]: readonly Need[], left: Heap): boolean {
  if (need === undefined) return true;
  return (['cpu', 'memory', 'pods'] as const).some(
    (resource) =>
      need[resource] < Math.min(left[resource], need.share[resource]) - slack &&
      fits(others, { ...left, [resource]: left[resource] - Math.max(0, need[resource]) }),
  );
}

/** So many pods of each workload, by index. */
function heapOf(workloads: readonly DrillWorkload[], counts: readonly number[]): Heap {
  const heap = { cpu: 0, memory: 0, pods: 0 };
  workloads.forEach(({ requests }, index) => {
    const count = counts[index] ?? 0;
    heap.cpu += count * requests.cpu;
    heap.memory += count * requests.memory;
    heap.pods += count;
  });
  return heap;
}

/** With what a rollout of it adds. */
function mostAtOnce(workload: DrillWorkload): number {
  const { mostReplicas, kind } = workload;
  return mostReplicas + (kind === 'Deployment' ? resolvePace(workload.strategy, mostReplicas).surge : 0);
}
