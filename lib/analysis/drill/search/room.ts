import { type Amount, isWithin, podsPerNode, times } from '../../../kubernetes/scheduling/node';
import type { DrillCluster } from '../cluster/cluster';
import type { PodLoad } from '../cluster/crowd';
import type { DrillWorkload } from '../cluster/workload';

/** Tolerance for rounding errors in sums. */
const slack = 1e-6;

/** Maximum number of nodes for which all combinations of full resources are tried. */
const enumerable = 10;

/**
 * Whether nodes have room for one more pod, wherever the other pods run. The search itself places the pods of the
 * workload. The requests of all other workloads with the same or a higher priority are added up, and this sum is spread
 * over the nodes in the worst way. Pods of a lower priority are left out, because they are preempted. A node is full if
 * its free CPU, memory or pod slots are too few for the pod. Several nodes can be full at once only if the sum is large
 * enough to fill all of them; a node counts at most as many pods of each workload as it can hold. The result is
 * conservative, because real pods can't be divided.
 */
export class Room {
  private readonly rooms: readonly Amount[];
  private readonly load: PodLoad;
  /** By node index: the maximum load from other workloads. */
  private readonly share: readonly PodLoad[];

  constructor(
    private readonly workload: DrillWorkload,
    cluster: DrillCluster,
  ) {
    const { load, shares } = cluster.crowd.without(workload);
    this.rooms = cluster.crowd.rooms;
    this.load = load;
    this.share = shares;
  }

  /** Whether a node can hold this many pods of the workload. A placement with more pods on the node is impossible. */
  holds(node: number, own: number): boolean {
    const room = this.rooms[node];
    if (room === undefined || own > podsPerNode) return false;
    return isWithin(times(this.workload.requests, own), room);
  }

  /** Whether all of these nodes may be too full for one more pod of the workload at the same time. */
  mayBeFull(nodes: readonly number[], own: readonly number[]): boolean {
    const needs = nodes.map((node) => this.needs(node, own[node] ?? 0));
    if (needs.length <= enumerable) return fits(needs, this.load);
    // Filling several nodes needs at least as much load as filling any one of them.
    return needs.every((need) => fits([need], this.load));
  }

  /** A key that is equal for nodes with the same free capacity and the same possible load. */
  key(node: number): string {
    const nothing = { cpu: 0, memory: 0, pods: 0 };
    const [room, share] = [this.rooms[node] ?? nothing, this.share[node] ?? nothing];
    return [room.cpu, room.memory, share.cpu, share.memory, share.pods].join('/');
  }

  /** The load from other workloads above which one more pod does not fit on the node. */
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

interface Need extends PodLoad {
  readonly share: PodLoad;
}

/** Whether the load of other workloads can fill every node, each in any one resource. */
function fits([need, ...others]: readonly Need[], left: PodLoad): boolean {
  if (need === undefined) return true;
  return (['cpu', 'memory', 'pods'] as const).some(
    (resource) =>
      need[resource] < Math.min(left[resource], need.share[resource]) - slack &&
      fits(others, { ...left, [resource]: left[resource] - Math.max(0, need[resource]) }),
  );
}
