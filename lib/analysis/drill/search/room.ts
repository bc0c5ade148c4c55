import { type Amount, isWithin, podsPerNode, times } from '../../../kubernetes/scheduling/node';
import type { DrillCluster } from '../cluster/cluster';
import type { Heap } from '../cluster/crowd';
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
    const { heap, shares } = cluster.crowd.without(workload);
    this.rooms = cluster.crowd.rooms;
    this.heap = heap;
    this.share = shares;
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
