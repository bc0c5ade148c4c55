import { resolvePace } from '../../../kubernetes/rollout/rollout-pace';
import { ignoresTaints } from '../../../kubernetes/scheduling/admission';
import type { DrillCluster } from '../cluster/cluster';
import type { DrillWorkload } from '../cluster/workload';
import { type Drain, drain } from './drain';
import { nowhere, type Placement, place, total, Visited } from './placements';
import { emptyCounts, placementsAfterReturn, placementsAtRest } from './rest';
import { beginning, type Rollout, type RolloutMoment, rollout, withoutNode } from './rollout';
import { type Away, Scheduler } from './scheduler';

/** The result of the loss of nodes, in the worst case. */
export interface Loss {
  readonly floor: number;
  /** Maximum number of pods of the workload on the lost nodes. */
  readonly most: number;
  /** Maximum number of replacements that run while an unreachable node keeps running the old pods. */
  readonly mostOverlapping: number;
  /** Whether replacements may stay Pending until the lost nodes are back. */
  readonly mayWait: boolean;
}

/** The simulations by cluster. Variants of a cluster have the same facts, so they share simulations. */
const simulations = new WeakMap<DrillCluster['facts'], Map<string, Simulation>>();

/**
 * The simulation of a workload. Workloads share a simulation if all values that the search reads are equal.
 *
 * @param home the index of the node with the workload's volume
 */
export function simulationOf(workload: DrillWorkload, cluster: DrillCluster, home?: number): Simulation {
  const bound = home === undefined ? workload : { ...workload, admitted: new Set([home]) };
  const key = keyOf(bound, cluster);
  const known = simulations.get(cluster.facts) ?? new Map<string, Simulation>();
  simulations.set(cluster.facts, known);
  const found = known.get(key) ?? new Simulation(key, bound, cluster);
  known.set(key, found);
  return found;
}

/** All values that a search reads. */
function keyOf(workload: DrillWorkload, { crowd }: DrillCluster): string {
  const { kind, replicas, mostReplicas, strategy, requests, admitted, isSticky } = workload;
  const spread = workload.spread.map(({ field: _, ...rule }) => rule);
  const budgets = workload.budgets.map(({ desired }) => desired);
  const values = [kind, replicas, mostReplicas, strategy, requests, [...admitted], isSticky, spread, budgets];
  return JSON.stringify([...values, ignoresTaints(workload.spec), crowd.rooms, crowd.without(workload)]);
}

/** The searches for all workloads that the scheduler can't distinguish. Each search runs on first use. */
export class Simulation {
  private readonly scheduler: Scheduler;
  private readonly known = new Map<string, () => unknown>();

  /** Called only by `simulationOf`, which shares simulations. */
  constructor(
    private readonly key: string,
    private readonly workload: DrillWorkload,
    private readonly cluster: DrillCluster,
  ) {
    this.scheduler = new Scheduler(workload, cluster);
  }

  /** Minimum number of running pods before any failure: fewer than the replicas if some pods may stay Pending. */
  get floorAtRest(): number {
    return this.once('floor', () => Math.min(...this.rest.map(({ counts }) => total(counts))));
  }

  get rest(): readonly Placement[] {
    return this.restAndCrowd.rest;
  }

  /**
   * The loss of one node.
   *
   * @param isAgain whether another node was down before and came back, and no rollout has happened since
   */
  lose(node: number, isAgain = false): Loss {
    if (!isAgain) return this.loseAll(new Set([node]));
    return this.once(`lose ${node} again`, () =>
      this.without(placementsAfterReturn(this.scheduler, this.rest), new Set([node])),
    );
  }

  /** Whether all allowed nodes may be full: before a failure, or while these nodes are lost. */
  mayFillNodes(lost: Away): boolean {
    return this.once(`crowd ${[...lost].join()}`, () => {
      const { rest, isCrowded } = this.restAndCrowd;
      if (isCrowded) return true;
      this.scheduler.mayHaveBeenFull = false;
      this.without(rest, lost);
      return this.scheduler.mayHaveBeenFull;
    });
  }

  /** The loss of several nodes at once. */
  loseAll(nodes: Away): Loss {
    return this.once(`lose ${[...nodes].join()}`, () => this.without(this.rest, nodes));
  }

  drain(node: number): Drain {
    return this.once(`drain ${node}`, () => {
      const each = this.everyPermutation(this.rest).map((from) => drain(this.scheduler, from, node));
      return {
        floor: Math.min(...each.map(({ floor }) => floor)),
        mayBlock: each.some(({ mayBlock }) => mayBlock),
        mayWait: each.some(({ mayWait }) => mayWait),
        mostOverlapping: Math.max(...each.map(({ mostOverlapping }) => mostOverlapping)),
        rounds: Math.max(...each.map(({ rounds }) => rounds)),
      };
    });
  }

  /** The result of a rolling update. */
  get rollout(): Rollout {
    // The new pods start on the nodes of the old pods, in the capacity that these free.
    if (this.workload.isSticky) {
      const { floorAtRest } = this;
      const mayStick = floorAtRest < this.workload.replicas;
      return { floor: Math.max(0, floorAtRest - 1), mayStick, ends: [], moments: [] };
    }
    return this.once('rollout', () => together([...this.rollouts.values()]));
  }

  /** Whether a rollout can finish in which this workload replaces the pods of another one. */
  mayReplace(old: Simulation): boolean {
    return this.once(`replace ${old.key}`, () => {
      const { replicas } = this.workload;
      return this.roll(replicas, old.rest.map(beginning), nowhere).ends.length > 0;
    });
  }

  /** The result of a rollout in which a node is lost, at any moment of the rollout. */
  rolloutWithout(node: number): Rollout {
    // Identical nodes are lost with the same result, so one of them is enough.
    const own = this.scheduler.classOf(node, nowhere);
    return this.once(`rollout without ${own}`, () =>
      together(
        [...this.rollouts].map(([size, { moments }]) =>
          this.roll(size, this.lossesOf(moments, node), new Set([node])),
        ),
      ),
    );
  }

  private get restAndCrowd(): { readonly rest: readonly Placement[]; readonly isCrowded: boolean } {
    return this.once('rest', () => {
      this.scheduler.mayHaveBeenFull = false;
      const rest = placementsAtRest(this.scheduler);
      return { rest, isCrowded: this.scheduler.mayHaveBeenFull };
    });
  }

  /** The cached result of a search. A search that was too large throws again. */
  private once<T>(key: string, search: () => T): T {
    let known = this.known.get(key) as (() => T) | undefined;
    if (known === undefined) {
      known = resultOf(search);
      this.known.set(key, known);
    }
    return known();
  }

  /** The states right after the loss of the node, or of an identical node, at each of these moments. */
  private lossesOf(moments: readonly RolloutMoment[], node: number): RolloutMoment[] {
    const classOf = (each: number) => this.scheduler.classOf(each, nowhere);
    const equal = this.cluster.facts.nodes.flatMap((_, each) =>
      classOf(each) === classOf(node) ? [each] : [],
    );
    return moments.flatMap((moment) =>
      equal.map((each) => withoutNode(each === node ? moment : swapped(moment, each, node), node)),
    );
  }

  /** By number of pods: the rollouts. An autoscaler may have chosen any number of pods. */
  private get rollouts(): ReadonlyMap<number, Rollout> {
    return this.once(
      'rollouts',
      () =>
        new Map(
          [...this.sizes].map(([size, starts]) => [size, this.roll(size, starts.map(beginning), nowhere)]),
        ),
    );
  }

  private get sizes(): Map<number, Placement[]> {
    const sizes = new Map<number, Placement[]>();
    for (const each of this.rest) {
      const size = total(each.counts) + each.waiting;
      sizes.set(size, [...(sizes.get(size) ?? []), each]);
    }
    return sizes;
  }

  private roll(replicas: number, starts: readonly RolloutMoment[], away: Away): Rollout {
    return rollout(this.scheduler, resolvePace(this.workload.strategy, replicas), replicas, starts, away);
  }

  /** Whether all pods are guaranteed to be scheduled while these nodes are down. */
  fitsWithout(away: Away): boolean {
    return this.once(`fits ${[...away].join()}`, () => {
      const { mostReplicas } = this.workload;
      const placed = place(this.scheduler, mostReplicas, emptyCounts(this.scheduler), away);
      return placed.every(({ waiting }) => waiting === 0);
    });
  }

  private without(from: readonly Placement[], away: Away): Loss {
    const loss = { floor: Number.POSITIVE_INFINITY, most: 0, mostOverlapping: 0, mayWait: false };
    for (const { counts, waiting } of this.everyPermutation(from)) {
      const left = counts.map((there, node) => (away.has(node) ? 0 : there));
      const lost = total(counts) - total(left);
      loss.floor = Math.min(loss.floor, total(left));
      loss.most = Math.max(loss.most, lost);
      if (lost + waiting === 0 || this.workload.kind === 'DaemonSet') continue;
      if (!isReplacedElsewhere(this.workload)) {
        loss.mayWait = true;
        continue;
      }
      for (const placed of place(this.scheduler, lost + waiting, left, away)) {
        loss.mayWait ||= placed.waiting > 0;
        loss.mostOverlapping = Math.max(
          loss.mostOverlapping,
          Math.min(lost, lost + waiting - placed.waiting),
        );
      }
    }
    return loss;
  }

  /**
   * Adds the placements with swapped identical nodes. The search leaves them out, but the lost node is a specific node.
   */
  private everyPermutation(from: readonly Placement[]): Placement[] {
    const states = new Visited<Placement>(({ counts, waiting }) => `${counts.join()};${waiting}`);
    const found: Placement[] = [];
    for (const placement of from) states.add(placement);
    for (const placement of states.all()) {
      found.push(placement);
      for (const [a, b] of this.equalPairs) {
        const counts = [...placement.counts];
        [counts[a], counts[b]] = [counts[b] ?? 0, counts[a] ?? 0];
        states.add({ ...placement, counts });
      }
    }
    return found;
  }

  private get equalPairs(): readonly (readonly [number, number])[] {
    const nodes = this.cluster.facts.nodes.map((_, node) => node);
    const classOf = (node: number) => this.scheduler.classOf(node, nowhere);
    return nodes.flatMap((a) =>
      nodes.filter((b) => b > a && classOf(a) === classOf(b)).map((b) => [a, b] as const),
    );
  }
}

function resultOf<T>(search: () => T): () => T {
  try {
    const found = search();
    return () => found;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/**
 * Whether the pods of a lost node are replaced before the node is back. A StatefulSet waits until the old pod has
 * certainly ended, and a pod without a controller is not replaced.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/force-delete-stateful-set-pod/
 */
function isReplacedElsewhere({ kind }: DrillWorkload): boolean {
  return kind !== 'StatefulSet' && kind !== 'Pod';
}

/** Combines the results of several rollouts. */
function together(rollouts: readonly Rollout[]): Rollout {
  return {
    floor: Math.min(...rollouts.map(({ floor }) => floor)),
    mayStick: rollouts.some(({ mayStick }) => mayStick),
    ends: rollouts.flatMap(({ ends }) => ends),
    moments: rollouts.flatMap(({ moments }) => moments),
  };
}

/** A copy of the state with two nodes swapped. */
function swapped(moment: RolloutMoment, a: number, b: number): RolloutMoment {
  const swap = (counts: readonly number[]) =>
    counts.map((each, node) => (node === a ? (counts[b] ?? 0) : node === b ? (counts[a] ?? 0) : each));
  return {
    ...moment,
    old: swap(moment.old),
    ready: swap(moment.ready),
    starting: swap(moment.starting),
  };
}
