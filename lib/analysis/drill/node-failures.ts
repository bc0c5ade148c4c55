import { describeSeconds } from '../../documents/duration';
import { describeObject } from '../../kubernetes/objects/object-key';
import { terminationGrace } from '../../kubernetes/rollout/pod-end';
import { longestRollout } from '../../kubernetes/rollout/rollout-duration';
import { resolvePace } from '../../kubernetes/rollout/rollout-pace';
import type { DrillCluster } from './cluster/cluster';
import type { DrillWorkload } from './cluster/workload';
import { betweenEvictions, betweenTries, type Duration, detection, starting, sum } from './duration';
import { isJob, jobOutcome } from './job-outcome';
import { type FailureOutcome, type Recovery, stuckBy, untouched, type Waiting, worst } from './outcome';
import { mayBeRefused } from './search/quota';
import type { Away } from './search/scheduler';
import { type Loss, type Simulation, simulationOf } from './search/simulation';

/** Computes the effects of lost or drained nodes on one workload. */
export class NodeFailures {
  private readonly simulations = new Map<number | undefined, Simulation>();

  constructor(
    readonly workload: DrillWorkload,
    private readonly cluster: DrillCluster,
  ) {}

  /** By index: the nodes that may have the workload's volume. All pods run on the node of the volume. */
  get homes(): readonly (number | undefined)[] {
    const { boundClaim, admitted } = this.workload;
    return boundClaim === undefined || admitted.size === 0 ? [undefined] : [...admitted];
  }

  simulation(home: number | undefined): Simulation {
    let known = this.simulations.get(home);
    if (known === undefined) {
      known = simulationOf(this.workload, this.cluster, home);
      this.simulations.set(home, known);
    }
    return known;
  }

  /** Whether a ResourceQuota may refuse the replacement while the old pod still counts. */
  get isRefused(): boolean {
    return mayBeRefused(this.workload, this.cluster);
  }

  lost(away: Away, isAgain = false): FailureOutcome {
    return worst(
      this.homes.map((home) => {
        const simulation = this.simulation(home);
        const [node = 0] = away;
        const loss = away.size === 1 ? simulation.lose(node, isAgain) : simulation.loseAll(away);
        return this.afterLoss(loss, away, home);
      }),
    );
  }

  drained(node: number): FailureOutcome {
    const { workload } = this;
    const { name, replicas } = workload;
    if (workload.kind === 'DaemonSet') {
      return untouched(name, replicas, {
        completes: true,
        notes: ['a drain does not evict pods of DaemonSets'],
      });
    }
    if (isJob(workload)) return jobOutcome(workload, { completes: workload.budgets.length === 0 });
    if (workload.kind === 'Pod') return drainedPod(workload);
    return worst(
      this.homes.map((home) => {
        const { floor, mayBlock, mayWait, rounds, ...drain } = this.simulation(home).drain(node);
        // A StatefulSet creates the replacement only after the old pod has ended.
        const mostOverlapping = workload.kind === 'StatefulSet' ? 0 : drain.mostOverlapping;
        const start = starting(workload);
        const isShort = floor < replicas;
        const unboundedParts = isShort ? start.unboundedParts : [];
        // kubectl retries a refused eviction every 5 s.
        const seconds = start.seconds * Math.max(1, rounds) + betweenTries * Math.max(0, rounds - 1);
        const within: Recovery = { kind: 'within', seconds, unboundedParts };
        const waiting = mayWait
          ? this.waiting(home, (light) => light.drain(node).mayWait)
          : { why: 'a ResourceQuota may refuse the replacement' };
        const until: Recovery = { kind: 'until', event: 'the node is uncordoned', ...waiting };
        const waits = mayWait || (isShort && this.isRefused);
        return untouched(name, replicas, {
          ready: Math.max(0, floor),
          running: workload.mostReplicas + mostOverlapping,
          completes: !mayBlock,
          ...(mayBlock && { stuck: this.blockingBudgets() }),
          recovery: this.lacking(home) ?? (!isShort ? { kind: 'no downtime' } : waits ? until : within),
          notes:
            mostOverlapping > 0 && replicas === 1
              ? [
                  `the evicted pod may run for up to ${describeSeconds(terminationGrace(workload.spec))} together with its replacement`,
                ]
              : [],
        });
      }),
    );
  }

  /** Describes the PodDisruptionBudgets that may refuse every eviction. */
  private blockingBudgets(): string | undefined {
    const { budgets, replicas } = this.workload;
    const blocking = budgets.filter(({ desired }) => desired >= replicas);
    const names = (blocking.length > 0 ? blocking : budgets).map(
      ({ field: { object, path }, desired }) =>
        `${describeObject(object)} requires ${desired} of ${replicas} ready pods (${path})`,
    );
    return names.length === 0 ? undefined : `${names.join(' and ')}, and may refuse every eviction`;
  }

  /** The outcome for the loss of a node during a rollout of this workload. */
  lostInRollout(node: number): FailureOutcome {
    const { workload } = this;
    const { replicas, mostReplicas, strategy, kind } = workload;
    if (isJob(workload)) return jobOutcome(workload);
    if (mostReplicas === 0) return untouched(workload.name, replicas, { completes: true });
    const lost = this.lost(new Set([node]));
    const event = 'the node is back';
    if (kind === 'DaemonSet') {
      const { unavailable, surge } = resolvePace(workload.strategy, replicas);
      const ready = Math.max(0, replicas - unavailable - (workload.admitted.has(node) ? 1 : 0));
      return { ...lost, ready, running: surge > 0 ? 2 * replicas : replicas, completes: false };
    }
    if (strategy === undefined || strategy.kind === 'OnDelete') return lost;
    if (kind === 'StatefulSet') {
      const stuck = 'a StatefulSet waits for the pod of the lost node';
      const recovery: Recovery = { kind: 'until', event, why: stuck };
      return { ...lost, ready: Math.max(0, (lost.ready ?? 0) - 1), completes: false, stuck, recovery };
    }
    if (strategy.kind === 'Recreate') {
      // An old pod on a lost node stays Terminating until the node is back.
      const stuck = 'Recreate waits for the old pods to end, and pods on a lost node never end';
      const recovery: Recovery = { kind: 'until', event, why: stuck };
      return { ...lost, ready: 0, running: 2 * mostReplicas, completes: false, stuck, recovery };
    }
    return worst(
      this.homes.map((home) => {
        const { floor, mayStick } = this.simulation(home).rolloutWithout(node);
        const refused = this.isRefused ? { why: 'a ResourceQuota may refuse the new pods' } : undefined;
        const completes = !mayStick && refused === undefined && this.hasQuorum(new Set([node]));
        const isShort = lost.recovery.kind === 'until' || !completes;
        // The reason needs another search, so it is computed only for outcomes that print it.
        const waiting = isShort
          ? (refused ?? this.waiting(home, (light) => light.rolloutWithout(node).mayStick))
          : undefined;
        const within = { kind: 'within', ...sum(this.timeToReplace(1), this.rolling(mostReplicas)) } as const;
        return {
          ...lost,
          ready: Math.max(0, Math.min(floor, replicas)),
          // Old and new pods, and for each of them another one that keeps running on an unreachable node.
          running: 4 * mostReplicas,
          completes,
          ...(!completes && waiting !== undefined && stuckBy(waiting)),
          recovery: isShort ? { kind: 'until', event, ...waiting } : within,
        };
      }),
    );
  }

  /** The worst-case duration of a rolling update in which each pod waits for the previous one to end and start. */
  rolling(pods: number): Duration {
    const start = starting(this.workload);
    const seconds = longestRollout(pods, start.seconds, terminationGrace(this.workload.spec));
    return { seconds, unboundedParts: start.unboundedParts };
  }

  private afterLoss(
    { floor, most, mostOverlapping, mayWait }: Loss,
    away: Away,
    home: number | undefined,
  ): FailureOutcome {
    const { workload } = this;
    const { name, replicas } = workload;
    if (isJob(workload)) return jobOutcome(workload);
    const lacking = this.lacking(home);
    if (most === 0)
      return untouched(name, replicas, {
        ready: Math.min(floor, replicas),
        ...(lacking !== undefined && { recovery: lacking }),
      });
    return untouched(name, replicas, {
      ready: Math.max(0, Math.min(floor, replicas)),
      running: workload.mostReplicas + mostOverlapping,
      recovery: lacking ?? this.recoveryOfLoss(mayWait, away, home),
      notes:
        mostOverlapping > 0 && replicas === 1
          ? [
              'if the node is only unreachable, its pod and the replacement run at the same time, until the node is back or powered off',
            ]
          : [],
    });
  }

  /**
   * The recovery of a workload that lacked ready pods before the failure: a node that comes back does not help. It
   * needs more capacity or another scheduling rule.
   */
  private lacking(home: number | undefined): Recovery | undefined {
    const { workload } = this;
    if (workload.kind === 'DaemonSet' || this.simulation(home).floorAtRest >= workload.replicas)
      return undefined;
    const waiting = this.waiting(home, (light) => light.floorAtRest < workload.replicas);
    return {
      kind: 'until',
      event: 'all pods can be scheduled (not guaranteed even without a failure)',
      ...waiting,
    };
  }

  private recoveryOfLoss(mayWait: boolean, away: Away, home: number | undefined): Recovery {
    const { workload } = this;
    const event = away.size === 1 ? 'the node is back' : 'the nodes are back';
    if (workload.kind === 'DaemonSet')
      return { kind: 'until', event, why: 'a DaemonSet runs one pod on each node' };
    if (workload.kind === 'Pod')
      return {
        kind: 'until',
        event: 'the pod is created again',
        why: 'the pod has no controller that replaces it',
      };
    if (workload.kind === 'StatefulSet') {
      const why =
        'a StatefulSet replaces a pod of a lost node only when the node is back or its Node object is deleted';
      return { kind: 'until', event, why };
    }
    if (!this.hasQuorum(away)) {
      return {
        kind: 'until',
        event,
        why: 'the remaining servers have no etcd quorum, so no pod is replaced',
      };
    }
    if (!Number.isFinite(workload.secondsUntilEviction)) {
      return { kind: 'until', event, why: 'the pods tolerate the taints of a lost node forever' };
    }
    if (mayWait)
      return { kind: 'until', event, ...this.waiting(home, (light) => light.loseAll(away).mayWait) };
    if (this.isRefused) {
      return { kind: 'until', event, why: 'a ResourceQuota may refuse the replacement' };
    }
    return { kind: 'within', ...sum(this.timeToReplace(away.size), starting(workload)) };
  }

  /**
   * The time from the loss of a node until its pods are marked for deletion and replaced. A Deployment does not wait
   * until the lost pods have ended.
   */
  private timeToReplace(nodes: number): Duration {
    const queued = (nodes - 1) * betweenEvictions;
    return { seconds: detection + queued + this.workload.secondsUntilEviction, unboundedParts: [] };
  }

  private hasQuorum(away: Away): boolean {
    const { nodes } = this.cluster.facts;
    const servers = nodes.filter(({ isServer }) => isServer).length;
    const left = nodes.filter(({ isServer }, node) => isServer && !away.has(node)).length;
    // If no node is a server, the control plane runs outside these nodes.
    return servers === 0 || left > servers / 2;
  }

  /**
   * Finds what keeps pods Pending: too little capacity, or a scheduling rule if pods without requests would also be
   * Pending.
   */
  waiting(home: number | undefined, waits: (simulation: Simulation) => boolean): Waiting {
    const { boundClaim, spread, isSticky } = this.workload;
    if (isSticky) return { why: 'the volume of each pod is on one node' };
    if (home !== undefined) return { why: `the volume of ${boundClaim?.name} is on that node` };
    const light = { ...this.workload, requests: { cpu: 0, memory: 0 } };
    if (!waits(simulationOf(light, this.cluster)))
      return { why: 'the nodes may lack capacity for the requests of the pods', lacksRoom: true };
    const kinds = [...new Set(spread.map(({ kind }) => kind))];
    const rules = kinds.map((kind) => (kind === 'spread' ? 'the topology spread' : 'the anti-affinity'));
    const admits = this.workload.admitted.size < this.cluster.facts.nodes.length ? ['the node selector'] : [];
    const all = [...rules, ...admits];
    return {
      why:
        all.length === 0
          ? 'possibly no node accepts the pod'
          : `${all.join(' or ')} may leave no node for the pod`,
    };
  }
}

/** kubectl drain refuses to evict a pod without a controller, except with --force. */
function drainedPod({ name, replicas }: DrillWorkload): FailureOutcome {
  return untouched(name, replicas, {
    ready: 0,
    completes: false,
    stuck:
      'kubectl drain refuses a pod without a controller; with --force, kubectl drain deletes the pod, and no controller creates it again',
    recovery: {
      kind: 'until',
      event: 'the pod is created again',
      why: 'the pod has no controller that replaces it',
    },
  });
}
