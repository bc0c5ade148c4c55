import type { DrillCluster } from '../cluster/cluster';
import type { DrillWorkload } from '../cluster/workload';
import { TooLarge } from './placements';
import type { Away } from './scheduler';
import { Simulation } from './simulation';

/**
 * Finds workloads that may preempt pods of a lower priority when nodes are lost, because their own pods move and the
 * remaining nodes may be full. The scheduler chooses the victims, so the outcome for workloads with a lower priority is
 * unknown.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
 */
export class Preemption {
  private readonly higher = new Map<number, readonly DrillWorkload[]>();
  private readonly crowded = new Map<string, boolean>();
  private readonly simulations = new Map<DrillWorkload, Simulation>();

  constructor(private readonly cluster: DrillCluster) {}

  /** The workloads that may preempt pods of this one. */
  of({ priority, admitted }: DrillWorkload, away: Away): string[] {
    return this.above(priority)
      .filter(
        (other) =>
          [...other.admitted].some((node) => admitted.has(node) && !away.has(node)) &&
          this.mayFindAllFull(other, away),
      )
      .map(({ name }) => name);
  }

  /** The workloads that may preempt pods of a priority. Cached by priority, because a cluster has few priorities. */
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

  private mayFindAllFull(other: DrillWorkload, away: Away): boolean {
    const key = `${other.namespace} ${other.object.kind} ${other.name} ${[...away].join()}`;
    const known = this.crowded.get(key);
    if (known !== undefined) return known;
    const found = this.search(other, away);
    this.crowded.set(key, found);
    return found;
  }

  private search(other: DrillWorkload, away: Away): boolean {
    try {
      return this.simulationOf(other).meetsCrowd(away);
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      return true;
    }
  }

  /** Simulates a workload without preemption. It preempts others only if its pods lack capacity in this simulation. */
  private simulationOf(other: DrillWorkload): Simulation {
    const known = this.simulations.get(other);
    if (known !== undefined) return known;
    const made = new Simulation({ ...other, preempts: false }, this.cluster);
    this.simulations.set(other, made);
    return made;
  }
}
