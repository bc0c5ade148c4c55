import { ignoresTaints } from '../../../kubernetes/scheduling/admission';
import type { DrillCluster } from '../cluster/cluster';
import type { DrillWorkload, SpreadRule } from '../cluster/workload';
import { Room } from './room';

/** By node index: the number of pods of one workload. */
export type Counts = readonly number[];

/** Nodes that are cordoned or lost, by index. */
export type Away = ReadonlySet<number>;

/** The nodes that the scheduler can choose for a pod. */
export interface Choice {
  readonly nodes: readonly number[];
  /** Whether all of these nodes may be full, so that the pod may stay Pending. */
  readonly mayWait: boolean;
}

/**
 * The scheduler's possible choices for a pod of one workload: any node that the hard rules allow. Preferences
 * (scores, soft affinity) guarantee nothing.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/
 */
export class Scheduler {
  private readonly room: Room;
  /** By rule, then by node index: the domain of the node, which is the value of its topology key. */
  private readonly domains: readonly (readonly (string | undefined)[])[];
  private readonly toleratesAll: boolean;
  private readonly classes = new WeakMap<Away, readonly string[]>();
  private readonly groups = new WeakMap<Away, readonly (readonly number[])[]>();
  /** Whether the search reached a state in which all allowed nodes may be full. */
  mayHaveBeenFull = false;
  /** Number of nodes. */
  readonly size: number;

  constructor(
    readonly workload: DrillWorkload,
    cluster: DrillCluster,
  ) {
    const { nodes } = cluster.facts;
    this.size = nodes.length;
    this.room = new Room(workload, cluster);
    this.domains = workload.spread.map(({ topologyKey }) => nodes.map(({ labels }) => labels[topologyKey]));
    this.toleratesAll = ignoresTaints(workload.spec);
  }

  /**
   * @param all number of pods of the workload, of every template, without the pods that are being deleted
   * @param same number of pods in `all` that have the template of the new pod
   */
  choose(all: Counts, same: Counts, away: Away): Choice {
    const limits = this.workload.spread.map((rule, index) => this.limit(rule, index, all, same, away));
    const open: number[] = [];
    for (let node = 0; node < this.size; node += 1) {
      const isOpen = this.workload.admitted.has(node) && (this.toleratesAll || !away.has(node));
      if (isOpen && limits.every((admits) => admits(node))) open.push(node);
    }
    const nodes = open.filter((node) => this.room.holds(node, (all[node] ?? 0) + 1));
    const isFull = nodes.length === 0 || this.room.mayBeFull(nodes, all);
    if (isFull && open.length > 0) this.mayHaveBeenFull = true;
    return { nodes, mayWait: isFull };
  }

  /** Groups of identical nodes. */
  equalNodes(away: Away): readonly (readonly number[])[] {
    let known = this.groups.get(away);
    if (known === undefined) {
      const byClass = new Map<string, number[]>();
      for (let node = 0; node < this.size; node += 1) {
        const own = this.classOf(node, away);
        const members = byClass.get(own);
        if (members === undefined) byClass.set(own, [node]);
        else members.push(node);
      }
      known = [...byClass.values()];
      this.groups.set(away, known);
    }
    return known;
  }

  /** The class of a node. Nodes of the same class are interchangeable: no rule and no capacity distinguishes them. */
  classOf(node: number, away: Away): string {
    let known = this.classes.get(away);
    if (known === undefined) {
      known = Array.from({ length: this.size }, (_, each) => this.describe(each, away));
      this.classes.set(away, known);
    }
    return known[node] ?? '';
  }

  private describe(node: number, away: Away): string {
    const zones = this.domains.map((labels) => {
      const label = labels[node];
      const isAlone = labels.filter((each) => each === label).length === 1;
      return isAlone && label !== undefined ? 'own' : label;
    });
    return [away.has(node), this.workload.admitted.has(node), this.room.key(node), ...zones].join();
  }

  /** A node counts for topology spread only if it has the topology keys of all spread constraints. */
  private hasEveryKey(node: number): boolean {
    return this.workload.spread.every(
      ({ kind }, index) => kind !== 'spread' || this.domains[index]?.[node] !== undefined,
    );
  }

  private limit(
    rule: SpreadRule,
    index: number,
    all: Counts,
    same: Counts,
    away: Away,
  ): (node: number) => boolean {
    const labels = this.domains[index] ?? [];
    const others = () => all.map((each, node) => each - (same[node] ?? 0));
    const counts = rule.isOfReplaced === true ? others() : rule.perRevision ? same : all;
    const byDomain = new Map<string, number>();
    for (let node = 0; node < this.size; node += 1) {
      const label = labels[node];
      if (label === undefined) continue;
      if (rule.kind === 'spread') {
        if (!this.hasEveryKey(node)) continue;
        if (!rule.countsOtherNodes && !this.workload.admitted.has(node)) continue;
        if (!rule.countsTaintedNodes && away.has(node) && !this.toleratesAll) continue;
      }
      byDomain.set(label, (byDomain.get(label) ?? 0) + (counts[node] ?? 0));
    }
    if (rule.kind === 'anti-affinity') {
      return (node) => (byDomain.get(labels[node] ?? '') ?? 0) === 0;
    }
    const least = byDomain.size < rule.minDomains ? 0 : Math.min(...byDomain.values());
    return (node) => {
      const label = labels[node];
      return label !== undefined && (byDomain.get(label) ?? 0) + 1 - least <= rule.maxSkew;
    };
  }
}
