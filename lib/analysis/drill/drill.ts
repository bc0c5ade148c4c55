import type { KubernetesObject } from '../../documents/kubernetes';
import type { StartObstacle } from '../../kubernetes/start/start-obstacle';
import { AffectedWorkloads } from './affected';
import { type DrillCluster, readDrillCluster, replaceWorkload } from './cluster/cluster';
import type { DrillWorkload } from './cluster/workload';
import type { DrillFacts } from './facts';
import { type Failure, failuresOf, nodeLossesOf, registriesOf } from './failure';
import { Needs } from './needs';
import { NodeFailures } from './node-failures';
import { type FailureOutcome, unknownOutcome, untouched, worst } from './outcome';
import { TooLarge } from './search/placements';
import { Preemption } from './search/preemption';
import type { Away } from './search/scheduler';
import { badImage, crash, rolledOut, unreachableRegistry } from './workload-failures';

/** Simulates failures of a cluster with these manifests. */
export class Drill {
  readonly cluster: DrillCluster;
  private readonly needs: Needs;
  private readonly nodeFailures = new Map<DrillWorkload, NodeFailures>();
  private readonly alone = new Map<DrillWorkload, Map<string, FailureOutcome>>();
  private readonly others = new Map<DrillWorkload, Drill>();
  private readonly preemption: Preemption;
  private lazyWorkloads: readonly DrillWorkload[] | undefined;
  private lazyFailures: readonly Failure[] | undefined;
  private lazyAffected: AffectedWorkloads | undefined;
  private lazyNodeLosses: readonly Failure[] | undefined;

  private constructor(cluster: DrillCluster, needs: Needs, preemption: Preemption) {
    this.cluster = cluster;
    this.needs = needs;
    this.preemption = preemption;
  }

  /** The drilled workloads: the workloads of the manifests, and the k3s workloads that they need. */
  get workloads(): readonly DrillWorkload[] {
    this.lazyWorkloads ??= this.needs.withNeeded(this.cluster.workloads);
    return this.lazyWorkloads;
  }

  get failures(): readonly Failure[] {
    this.lazyFailures ??= failuresOf(this.workloads, this.cluster.facts);
    return this.lazyFailures;
  }

  /** The loss of each single node. `failures` contains only the worst of these losses. */
  get nodeLosses(): readonly Failure[] {
    this.lazyNodeLosses ??= nodeLossesOf(this.cluster.facts);
    return this.lazyNodeLosses;
  }

  /** @param objects manifests of any origin */
  static of(objects: readonly KubernetesObject[], facts: DrillFacts): Drill {
    const cluster = readDrillCluster(objects, facts);
    return new Drill(cluster, new Needs(cluster), new Preemption(cluster));
  }

  /** The outcome of a failure for every workload, with its unavailable dependencies. */
  play(failure: Failure): FailureOutcome[] {
    return this.outcomesOf(failure, this.workloads);
  }

  /**
   * The outcomes of the workloads that a failure may affect, with their unavailable dependencies. A crash, for example,
   * affects one workload and its clients.
   */
  playAffected(failure: Failure): FailureOutcome[] {
    this.lazyAffected ??= new AffectedWorkloads(this.workloads, this.needs);
    return this.outcomesOf(failure, this.lazyAffected.by(failure));
  }

  /** @param workloads all workloads that the failure may affect */
  private outcomesOf(failure: Failure, workloads: readonly DrillWorkload[]): FailureOutcome[] {
    const outcomes = workloads.map((workload) => this.outcome(failure, workload));
    // Each workload is analysed during its own rollout, not during the rollouts of other workloads.
    if (['rollout', 'bad-image'].includes(failure.kind)) return outcomes;
    const down = new Set(outcomes.filter(({ ready }) => ready === 0).map(({ workload }) => workload));
    if (failure.kind === 'external') down.add(failure.service);
    return workloads.map((workload, index) => {
      const outcome = outcomes[index] ?? this.outcome(failure, workload);
      const lacks = this.lacking(workload, down);
      if (lacks.length === 0 || outcome.ready === 0) return outcome;
      return { ...outcome, lacks, unknown: [...outcome.unknown, ...uncertainProbes(workload, lacks)] };
    });
  }

  /** The effect of a failure on one workload, without the effect of unavailable dependencies. */
  outcome(failure: Failure, workload: DrillWorkload): FailureOutcome {
    let outcomes = this.alone.get(workload);
    if (outcomes === undefined) {
      outcomes = new Map();
      this.alone.set(workload, outcomes);
    }
    // Most failures affect only one workload: all others get the same outcome.
    const key = isElsewhere(failure, workload) ? elsewhere : failure.id;
    const known = outcomes.get(key);
    if (known !== undefined) return known;
    const found = this.attempt(failure, workload);
    outcomes.set(key, found);
    return found;
  }

  /** The outcome of a failure for a variant of a workload. */
  outcomeWithout(failure: Failure, workload: DrillWorkload, without: DrillWorkload): FailureOutcome {
    let other = this.others.get(without);
    if (other === undefined) {
      const cluster = replaceWorkload(this.cluster, workload, without);
      // Only a variant of a DaemonSet changes the capacity that is left for other workloads.
      const preemption = workload.kind === 'DaemonSet' ? new Preemption(cluster) : this.preemption;
      other = new Drill(cluster, this.needs, preemption);
      this.others.set(without, other);
    }
    return other.outcome(failure, without);
  }

  private attempt(failure: Failure, workload: DrillWorkload): FailureOutcome {
    const { name, replicas, unmodelled } = workload;
    const isPlacement = !['external', 'registry', 'edge-address', 'crash'].includes(failure.kind);
    if (isPlacement && unmodelled.length > 0) {
      return unknownOutcome(
        name,
        replicas,
        unmodelled.map(({ path, why = 'is not modelled' }) => `${path} ${why}`),
      );
    }
    if (isPlacement && this.cluster.facts.nodes.length === 0) {
      return unknownOutcome(name, replicas, ['the cluster has no nodes']);
    }
    const [obstacle] = [...workload.obstacles].sort(certainFirst);
    if (obstacle !== undefined) return outcomeWithoutStart(failure, workload, obstacle);
    const takers = this.takers(failure, workload);
    if (takers.length > 0) {
      const why = `${takers.join(' and ')} with a higher priority may preempt the pods`;
      return unknownOutcome(name, replicas, [why]);
    }
    try {
      return this.simulate(failure, workload);
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      return unknownOutcome(name, replicas, ['the search is too large']);
    }
  }

  /** Finds other workloads that may preempt pods of this workload, because the failure moves their pods. */
  private takers(failure: Failure, workload: DrillWorkload): string[] {
    const { nodes } = this.cluster.facts;
    const every = nodes.map((_, node) => node);
    const lost = (): Away[] => {
      switch (failure.kind) {
        case 'node-lost':
        case 'node-lost-again':
        case 'node-lost-in-rollout':
        case 'node-drained':
          return (failure.node === undefined ? every : [failure.node]).map((node) => new Set([node]));
        case 'volume-node-lost':
          return [...failure.of.admitted].map((node) => new Set([node]));
        case 'zone-lost':
          return [new Set(every.filter((node) => nodes[node]?.zone === failure.zone))];
        default:
          return [];
      }
    };
    const losses = lost();
    return losses.length === 0 ? [] : this.preemption.of(workload, losses);
  }

  private simulate(failure: Failure, workload: DrillWorkload): FailureOutcome {
    const { name, replicas } = workload;
    const { nodes } = this.cluster.facts;
    const on = this.nodeFailuresOf(workload);
    const everyNode = nodes.map((_, node) => node);
    const stated = 'node' in failure && failure.node !== undefined ? [failure.node] : everyNode;
    switch (failure.kind) {
      case 'node-lost':
        return this.withEdge(workload, worst(stated.map((node) => on.lost(new Set([node])))));
      case 'node-lost-again':
        return this.withEdge(workload, worst(stated.map((node) => on.lost(new Set([node]), true))));
      case 'node-lost-in-rollout':
        return this.withEdge(workload, worst(stated.map((node) => on.lostInRollout(node))));
      case 'node-drained':
        return worst(stated.map((node) => on.drained(node)));
      case 'volume-node-lost': {
        const holders = [...failure.of.admitted];
        return this.withEdge(workload, worst(holders.map((node) => on.lost(new Set([node])))));
      }
      case 'zone-lost': {
        const away = new Set(everyNode.filter((node) => nodes[node]?.zone === failure.zone));
        if (away.size < nodes.length) return on.lost(away);
        return untouched(name, replicas, {
          ready: 0,
          recovery: { kind: 'until', event: `${failure.zone} is back`, why: 'all nodes are in this zone' },
        });
      }
      case 'rollout':
        return rolledOut(workload, on);
      case 'bad-image':
        return badImage(workload, on);
      case 'crash':
        return isElsewhere(failure, workload) ? untouched(name, replicas) : crash(workload);
      case 'registry':
        return isElsewhere(failure, workload)
          ? untouched(name, replicas)
          : unreachableRegistry(workload, failure.host);
      case 'external':
        return untouched(name, replicas);
      case 'edge-address':
        return this.withEdge(workload, untouched(name, replicas));
    }
  }

  /** Adds a note: the address of a lost node is still in DNS. */
  private withEdge(workload: DrillWorkload, outcome: FailureOutcome): FailureOutcome {
    const addresses = this.cluster.facts.edgeAddresses.length;
    if (addresses === 0 || !this.needs.hosts.has(workload)) return outcome;
    const dead = `requests to the address of the lost node, one of ${addresses} in DNS, fail until the address is removed from DNS`;
    const likely = 'Cloudflare sends requests to the other addresses';
    return { ...outcome, notes: [...outcome.notes, dead], likely: [...outcome.likely, likely] };
  }

  /** The dependencies of a workload that are unavailable. */
  private lacking(workload: DrillWorkload, down: ReadonlySet<string>): string[] {
    return this.needs.of(workload).filter((each) => down.has(each) && each !== workload.name);
  }

  private nodeFailuresOf(workload: DrillWorkload): NodeFailures {
    const known = this.nodeFailures.get(workload);
    if (known !== undefined) return known;
    const made = new NodeFailures(workload, this.cluster);
    this.nodeFailures.set(workload, made);
    return made;
  }
}

/** The cache key of failures that affect only other workloads. */
const elsewhere = '';

/** Whether a failure directly affects only other workloads or services. */
function isElsewhere(failure: Failure, workload: DrillWorkload): boolean {
  switch (failure.kind) {
    case 'crash':
      return failure.of !== workload;
    case 'registry':
      return !registriesOf(workload).includes(failure.host);
    default:
      return failure.kind === 'external';
  }
}

function certainFirst(a: StartObstacle, b: StartObstacle): number {
  return Number(a.isUndescribed === true) - Number(b.isUndescribed === true);
}

const rollouts: readonly Failure['kind'][] = ['rollout', 'node-lost-in-rollout', 'bad-image'];

/** The outcome for a workload whose pods never start, or possibly never start. */
function outcomeWithoutStart(
  { kind }: Failure,
  { name, replicas }: DrillWorkload,
  { isUndescribed, reason }: StartObstacle,
): FailureOutcome {
  if (isUndescribed === true) return unknownOutcome(name, replicas, [reason]);
  return untouched(name, replicas, {
    ...{ ready: 0, running: 0 },
    ...(kind === 'node-drained' && { completes: true }),
    ...(rollouts.includes(kind) && { completes: false, stuck: reason }),
    recovery: { kind: 'until', event: 'the pods can start', why: reason },
  });
}

/** Only the program decides whether its probe succeeds while a dependency is down. */
function uncertainProbes({ spec }: DrillWorkload, lacks: readonly string[]): string[] {
  const probes = (spec.containers ?? []).flatMap(({ readinessProbe, livenessProbe }) =>
    [readinessProbe, livenessProbe].flatMap((probe) => probe?.httpGet?.path ?? []),
  );
  const asked = [...new Set(probes)].map((path) => `GET ${path}`);
  return asked.length === 0
    ? []
    : [`whether ${asked.join(' and ')} still answers without ${lacks.join(' and ')}`];
}
