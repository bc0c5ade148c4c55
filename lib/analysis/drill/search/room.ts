import { type Amount, isWithin, podsPerNode, times } from '../../../kubernetes/scheduling/node';
import type { DrillCluster } from '../cluster/cluster';
import type { Heap } from '../cluster/crowd';
import type { DrillWorkload } from '../cluster/workload';

/** Tolerance for rounding errors in sums. */
const slack = 1e-6;

/** Maximum number of nodes for which combinations are enumerated. */
const enumerable = 10;

/**
 * Whether nodes have room for one more pod, for any placement of other pods. The search places the pods of the workload
 * itself. Pods of other workloads with the same or a higher priority are one heap, which is spread over the nodes in the
 * worst possible way. Pods of a lower priority are ignored, because they are preempted. A node is full if its free CPU,
 * memory or number of pods is less than the pod requests. A set of nodes may be full if the heap suffices for all of
 * them at once, with no more pods of a workload on a node than the node can hold. The result is conservative: real pods
 * can't be divided like the heap.
 */
export class Room {
  private readonly rooms: readonly Amount[];
  private readonly heap: Heap;
  /** The maximum load of one node from the heap. */
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

  /** Whether a node can hold this many pods of the workload. If not, such a placement is impossible. */
  holds(node: number, own: number): boolean {
    const room = this.rooms[node];
    if (room === undefined || own > podsPerNode) return false;
    return isWithin(times(this.workload.requests, own), room);
  }

  /** Whether all of these nodes may be too full for one more pod. */
  mayBeFull(nodes: readonly number[], own: readonly number[]): boolean {
    const needs = nodes.map((node) => this.needs(node, own[node] ?? 0));
    if (needs.length <= enumerable) return fits(needs, this.heap);
    // Filling several nodes needs at least as much as filling any one of them.
    return needs.every((need) => fits([need], this.heap));
  }

  /** The same key for nodes with the same free capacity and the same possible load. */
  key(node: number): string {
    const nothing = { cpu: 0, memory: 0, pods: 0 };
    const [room, share] = [this.rooms[node] ?? nothing, this.share[node] ?? nothing];
    return [room.cpu, room.memory, share.cpu, share.memory, share.pods].join('/');
  }

  /** The load after which one more pod doesn't fit on a node. */
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

/** Whether the heap suffices to fill every node, each in any one resource. */
function fits([need, ...others]: readonly Need[], left: Heap): boolean {
  if (need === undefined) return true;
  return (['cpu', 'memory', 'pods'] as const).some(
    (resource) =>
      need[resource] < Math.min(left[resource], need.share[resource]) - slack &&
      fits(others, { ...left, [resource]: left[resource] - Math.max(0, need[resource]) }),
  );
}
