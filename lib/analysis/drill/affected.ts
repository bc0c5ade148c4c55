import { append } from '../../documents/append';
import type { DrillWorkload } from './cluster/workload';
import type { Failure } from './failure';
import type { Needs } from './needs';

/** Finds the workloads that a failure may affect, in the order of the drill. */
export class AffectedWorkloads {
  private readonly places: ReadonlyMap<DrillWorkload, number>;
  /** By name of a workload or external service: the workloads that connect to it. */
  private readonly clients = new Map<string, DrillWorkload[]>();
  /** Workloads that may have no ready pod even without a failure. */
  private readonly inactive: readonly DrillWorkload[];

  constructor(
    private readonly workloads: readonly DrillWorkload[],
    needs: Needs,
  ) {
    this.places = new Map(workloads.map((workload, index) => [workload, index]));
    this.inactive = workloads.filter(({ replicas, obstacles }) => replicas === 0 || obstacles.length > 0);
    for (const workload of workloads)
      for (const name of needs.of(workload)) append(this.clients, name, workload);
  }

  /**
   * The workloads that a failure may affect. A crash and an unreachable service affect only themselves and their
   * clients.
   */
  by(failure: Failure): readonly DrillWorkload[] {
    if (failure.kind !== 'crash' && failure.kind !== 'external') return this.workloads;
    const down = [...(failure.kind === 'crash' ? [failure.of] : []), ...this.inactive];
    const names = [
      ...(failure.kind === 'external' ? [failure.service] : []),
      ...down.map(({ name }) => name),
    ];
    const affected = new Set([...down, ...names.flatMap((name) => this.clients.get(name) ?? [])]);
    const place = (workload: DrillWorkload) => this.places.get(workload) ?? 0;
    return [...affected].sort((a, b) => place(a) - place(b));
  }
}
