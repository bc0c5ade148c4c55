import type { KubernetesObject } from '../../../documents/kubernetes';
import type { DrillCluster } from '../cluster/cluster';
import type { DrillWorkload } from '../cluster/workload';
import { TooLarge } from './placements';
import type { Away } from './scheduler';
import { simulationOf } from './simulation';

/** Number of workloads that are listed by name. Further workloads are only counted. */
const mostNamed = 10;

/**
 * Finds workloads that may preempt pods of a lower priority. When nodes are lost, the pods of a workload move,
 * and the
 * remaining nodes may be full. The scheduler chooses the pods to preempt, so the outcome for workloads with a lower
 * priority is unknown.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
 */
export class Preemption {
  private readonly higher = new Map<number, readonly DrillWorkload[]>();
  private readonly takers = new Map<string, ReadonlyMap<KubernetesObject, string>>();

  constructor(private readonly cluster: DrillCluster) {}

  /**
   * The workloads that may preempt pods of the given workload if one of the groups of nodes in `losses` is lost:
   * the names of the first few, and the number of the rest. Empty if there are none.
   *
   * @param workload a workload of the cluster, or a variant of one
   */
  of({ priority, admitted, object }: DrillWorkload, losses: readonly Away[]): string[] {
    const key = `${priority};${[...admitted].join()};${losses.map((away) => [...away].join()).join('|')}`;
    let takers = this.takers.get(key);
    if (takers === undefined) {
      const found = losses.flatMap((away) =>
        this.above(priority).filter(
          (other) =>
            [...other.admitted].some((node) => admitted.has(node) && !away.has(node)) &&
            this.mayFindAllFull(other, away),
        ),
      );
      takers = new Map(found.map((other) => [other.object, other.name]));
      this.takers.set(key, takers);
    }
    const names = new Set<string>();
    for (const [each, name] of takers) {
      if (names.size === mostNamed) break;
      if (each !== object) names.add(name);
    }
    const others = takers.size - names.size - (takers.has(object) ? 1 : 0);
    return [...names, ...(others > 0 ? [`${others} others`] : [])];
  }

  /** The workloads that may preempt pods of this priority. Cached by priority: a cluster has few priorities. */
  private above(priority: number): readonly DrillWorkload[] {
    let found = this.higher.get(priority);
    if (found === undefined) {
      found = this.cluster.workloads.filter(
        (other) => other.preempts && other.priority > priority && other.kind !== 'DaemonSet',
      );
      this.higher.set(priority, found);
    }
    return found;
  }

  /**
   * Whether the pods of this workload may lack capacity. Only then do they preempt others, so the simulation runs
   * without preemption.
   */
  private mayFindAllFull(other: DrillWorkload, away: Away): boolean {
    try {
      return simulationOf({ ...other, preempts: false }, this.cluster).mayFillNodes(away);
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      return true;
    }
  }
}
