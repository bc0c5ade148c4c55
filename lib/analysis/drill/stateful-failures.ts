import { describeObject } from '../../kubernetes/objects/object-key';
import type { RolloutStrategy } from '../../kubernetes/rollout/rollout-strategy';
import type { DrillCluster } from './cluster/cluster';
import type { DrillWorkload } from './cluster/workload';
import type { NodeFailures } from './node-failures';
import { type FailureOutcome, stuckBy, untouched, type Waiting } from './outcome';
import { nowhere } from './search/placements';
import type { Away } from './search/scheduler';
import { Simulation } from './search/simulation';

/**
 * What happens to a StatefulSet whose pods have volumes on the disks of nodes. Each pod stays on the node of its first start: its volume
 * is there, and the controller makes a pod again only when the one of the same name is gone.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/force-delete-stateful-set-pod/
 */
export class StatefulFailures {
  constructor(
    private readonly workload: DrillWorkload,
    private readonly cluster: DrillCluster,
    private readonly on: NodeFailures,
  ) {}

  lost(away: Away): FailureOutcome {
    const { name, replicas } = this.workload;
    const ready = this.floorWithout(away);
    const event = away.size === 1 ? 'the node is back' : 'the nodes are back';
    return untouched(name, replicas, {
      ready,
      ...(ready < replicas && { recovery: { kind: 'until', event, why: pinned } }),
    });
  }

  drained(node: number): FailureOutcome {
    const { name, replicas, budgets } = this.workload;
    const left = this.floorWithout(new Set([node]));
    const blocking = budgets.filter(({ desired }) => desired > left);
    const ready = Math.max(left, ...blocking.map(({ desired }) => desired));
    const stuck = blocking.map(
      ({ field: { object, path }, desired }) =>
        `${describeObject(object)} wants ${desired} of ${replicas} ready (${path}), and evicted pods start nowhere else`,
    );
    return untouched(name, replicas, {
      ready: Math.min(ready, replicas),
      completes: blocking.length === 0,
      ...(blocking.length > 0 && { stuck: stuck.join(' and ') }),
      ...(left < replicas && { recovery: { kind: 'until', event: 'the node is uncordoned', why: pinned } }),
    });
  }

  rolledOut(): FailureOutcome {
    const { name, replicas, mostReplicas, strategy } = this.workload;
    if (!rolls(strategy, mostReplicas)) {
      const notes = ['its pods keep the old template until they are deleted'];
      return untouched(name, replicas, { notes });
    }
    const waiting = this.waiting();
    return untouched(name, replicas, {
      ready: replicas - 1,
      completes: waiting === undefined,
      ...(waiting !== undefined && stuckBy(waiting)),
      recovery:
        waiting === undefined
          ? { kind: 'within', ...this.on.rolling(mostReplicas) }
          : { kind: 'until', event: 'there is room for it', ...waiting },
    });
  }

  lostInRollout(node: number): FailureOutcome {
    const lost = this.lost(new Set([node]));
    const ready = Math.max(0, (lost.ready ?? 0) - 1);
    const why = 'a StatefulSet waits for each of its pods before it replaces the next one';
    const recovery = { kind: 'until', event: 'the node is back', why } as const;
    return { ...lost, ready, completes: false, ...stuckBy({ why }), recovery };
  }

  badImage(): FailureOutcome {
    const { name, replicas, mostReplicas, strategy } = this.workload;
    if (!rolls(strategy, mostReplicas)) return this.rolledOut();
    const event = 'the rollout is taken back and the broken pod is deleted';
    return untouched(name, replicas, {
      ready: replicas - 1,
      completes: false,
      recovery: { kind: 'until', event },
    });
  }

  private floorWithout(away: Away): number {
    const { floor } = this.on.simulation(undefined).loseAll(away);
    return Math.max(0, Math.min(floor, this.workload.replicas));
  }

  /** Why a pod may not start again on its node. */
  private waiting(): Waiting | undefined {
    if (this.on.isRefused) return { why: 'a ResourceQuota may refuse the new pods' };
    const { nodes } = this.cluster.facts;
    const fits = [...this.workload.admitted].every((node) => {
      const { floor } = this.on.simulation(undefined).loseAll(new Set([node]));
      const most = nodes.length === 1 ? this.workload.mostReplicas : this.workload.mostReplicas - floor;
      const there = { ...this.workload, replicas: most, mostReplicas: most, spread: [] };
      return most <= 0 || new Simulation(there, this.cluster, node).fitsWithout(nowhere);
    });
    return fits
      ? undefined
      : { why: 'its requests may find no room on the node of its volume', lacksRoom: true };
  }
}

const pinned = 'the volumes of its pods are on that node';

function rolls(strategy: RolloutStrategy | undefined, replicas: number): boolean {
  return strategy?.kind === 'RollingUpdate' && strategy.partition < replicas;
}
