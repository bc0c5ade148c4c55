import type { KubernetesObject } from '../../../documents/kubernetes';
import { resolvePace } from '../../../kubernetes/rollout/rollout-pace';
import { type Amount, howManyFit } from '../../../kubernetes/scheduling/node';
import type { DrillWorkload } from './workload';

/** A ResourceQuota: the limits of a namespace. */
export interface Quota {
  readonly namespace: string;
  /** Whether the quota counts, or may count, the pods of an object. */
  readonly mayCount: (object: KubernetesObject) => boolean;
  readonly pods: number;
  readonly requests: Amount;
  readonly limits: Amount;
}

/** The sum of requests, and the number, of some pods of other workloads. */
export interface PodLoad extends Amount {
  readonly pods: number;
}

/** The pods of other workloads that may use the capacity that a workload needs. */
export interface CrowdOfOthers {
  /** The sum of all these pods. */
  readonly load: PodLoad;
  /** By node index: the largest sum of these pods that can be on the node. */
  readonly shares: readonly PodLoad[];
}

/** The number, requests and limits of the pods that a quota counts. */
export interface QuotaUse {
  readonly pods: number;
  readonly requests: Amount;
  readonly limits: Amount;
}

/** Sums over all workloads of a cluster. The share of a single workload is subtracted from a sum. */
export class Crowd {
  private readonly byObject: ReadonlyMap<unknown, DrillWorkload>;
  private readonly sums = new Map<number, CrowdOfOthers>();
  private readonly uses = new Map<Quota, QuotaUse>();

  /** @param rooms the capacity of each node that DaemonSet pods leave */
  constructor(
    private readonly workloads: readonly DrillWorkload[],
    readonly rooms: readonly Amount[],
  ) {
    this.byObject = new Map(workloads.map((workload) => [workload.object, workload]));
  }

  /** The pods of all other workloads that this workload can't preempt. */
  without({ object, priority, preempts }: DrillWorkload): CrowdOfOthers {
    const least = preempts ? priority : Number.NEGATIVE_INFINITY;
    let all = this.sums.get(least);
    if (all === undefined) {
      all = this.add(this.workloads.filter((each) => isCounted(each, least)));
      this.sums.set(least, all);
    }
    const own = this.byObject.get(object);
    if (own === undefined || !isCounted(own, least)) return all;
    const { load, shares } = this.add([own]);
    const nothing = { cpu: 0, memory: 0, pods: 0 };
    return {
      load: subtract(all.load, load),
      shares: all.shares.map((share, node) => subtract(share, shares[node] ?? nothing)),
    };
  }

  /** The use of a quota if every workload has twice its pods, with the given workload in place of its original. */
  useOf(quota: Quota, workload: DrillWorkload): QuotaUse {
    let all = this.uses.get(quota);
    if (all === undefined) {
      all = this.workloads
        .filter(({ namespace, object }) => namespace === quota.namespace && quota.mayCount(object))
        .reduce((sum, each) => addUse(sum, each, 1), noUse);
      this.uses.set(quota, all);
    }
    const own = this.byObject.get(workload.object);
    return addUse(own === undefined ? all : addUse(all, own, -1), workload, 1);
  }

  private add(workloads: readonly DrillWorkload[]): CrowdOfOthers {
    const most = workloads.map(mostAtOnce);
    return {
      load: sumLoad(workloads, most),
      shares: this.rooms.map((room, node) =>
        sumLoad(
          workloads,
          workloads.map(({ admitted, requests }, index) =>
            admitted.has(node) ? Math.min(most[index] ?? 0, howManyFit(requests, room)) : 0,
          ),
        ),
      ),
    };
  }
}

function isCounted({ kind, priority }: DrillWorkload, least: number): boolean {
  return kind !== 'DaemonSet' && priority >= least;
}

/** @param counts number of pods of each workload, by index of the workload */
function sumLoad(workloads: readonly DrillWorkload[], counts: readonly number[]): PodLoad {
  const load = { cpu: 0, memory: 0, pods: 0 };
  workloads.forEach(({ requests }, index) => {
    const count = counts[index] ?? 0;
    load.cpu += count * requests.cpu;
    load.memory += count * requests.memory;
    load.pods += count;
  });
  return load;
}

function subtract(all: PodLoad, own: PodLoad): PodLoad {
  return { cpu: all.cpu - own.cpu, memory: all.memory - own.memory, pods: all.pods - own.pods };
}

/** Maximum number of pods, including the surge of a rollout. */
function mostAtOnce({ mostReplicas, kind, strategy }: DrillWorkload): number {
  return mostReplicas + (kind === 'Deployment' ? resolvePace(strategy, mostReplicas).surge : 0);
}

const noUse: QuotaUse = { pods: 0, requests: { cpu: 0, memory: 0 }, limits: { cpu: 0, memory: 0 } };

/** Counts every pod twice: a terminating pod, or a pod on a lost node, counts in addition to its replacement. */
function addUse(use: QuotaUse, { mostReplicas, requests, limits }: DrillWorkload, sign: 1 | -1): QuotaUse {
  const count = sign * 2 * mostReplicas;
  return {
    pods: use.pods + count,
    requests: addAmount(use.requests, requests, count),
    limits: addAmount(use.limits, limits, count),
  };
}

export function addAmount(a: Amount, b: Amount, count: number): Amount {
  return { cpu: a.cpu + count * b.cpu, memory: a.memory + count * b.memory };
}
