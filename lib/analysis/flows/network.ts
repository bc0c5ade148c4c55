import { append } from '../../documents/append';
import type { PodPeer } from '../../documents/flow';
import type { Topology } from '../../documents/topology';
import type { AddressSet } from './address-set';
import { AddressSpace } from './address-space';
import { Classes } from './classes';
import type { FlowCluster } from './cluster';
import { type Direction, type DirectionGrants, type Grant, Grants } from './grants';
import { difference, intersection, union } from './intervals';
import { FlowPods } from './pods';
import type { Policy } from './policy';
import { everyPort, type PortSet } from './ports';

/** Two classes, by their ids, the first of which may open connections to the second. */
export interface Pair {
  readonly from: number;
  readonly to: number;
  readonly ports: PortSet;
}

/** Addresses that a class may open connections to, or be reached from, and on which ports. */
export interface OutsidePart {
  readonly addresses: AddressSet;
  readonly ports: PortSet;
}

/** Beyond so many peers a rule is for more or less everybody, and asking the other side is faster. */
const manyPeers = 64;

/**
 * Which pods may connect to what. Between two pods both have a say; towards addresses only the pod.
 *
 * What is possible is found from what rules allow, never by trying pairs: pods that nothing isolates stay one
 * product (`openFrom` by `openTo`) and are not among the pairs.
 */
export class Network {
  readonly classes: Classes;
  readonly space: AddressSpace;
  readonly pods: FlowPods;
  /** The classes whose egress no policy isolates. */
  readonly openFrom: readonly number[];
  /** The classes whose ingress no policy isolates. */
  readonly openTo: readonly number[];
  private readonly grants: Grants;

  /**
   * @param peers pods that are to be told apart too; with them, those that no document describes are kept apart
   * @param numbered pods of a StatefulSet or an indexed Job that get a name of their own, whatever the policies say
   */
  constructor(
    readonly cluster: FlowCluster,
    topology: Topology,
    peers: readonly PodPeer[] = [],
    numbered: readonly PodPeer[] = [],
  ) {
    const { policies } = cluster;
    this.space = new AddressSpace(topology);
    this.pods = new FlowPods(cluster, peers, numbered);
    this.classes = new Classes(this.pods, policies, [
      ...policies.flatMap((policy) => selectedBy(policy, this.pods)),
      ...peers.map((peer) => this.pods.ofPeer(peer)),
      ...(peers.length > 0 ? [this.pods.ofWorkloads()] : []),
    ]);
    this.grants = new Grants(policies, this.pods, this.classes, this.space);
    const open = (sides: readonly DirectionGrants[]): number[] =>
      this.classes.all.filter(({ id }) => sides[id]?.isolatedBy.length === 0).map(({ id }) => id);
    this.openFrom = open(this.grants.egress);
    this.openTo = open(this.grants.ingress);
  }

  /** Tells whether the documents describe the namespace of a class: of others only its labels are known. */
  isDescribed(id: number): boolean {
    return this.cluster.described.has(this.classes.all[id]?.namespace ?? '');
  }

  /** Every pair of which a policy isolates one and that may connect. That one's namespace is described. */
  *pairs(): Generator<Pair> {
    const answering = this.answering();
    for (const { id: from } of this.classes.all) {
      for (const to of this.candidates(from, answering)) {
        const ports = this.ports(from, to);
        if (ports.length > 0) yield { from, to, ports };
      }
    }
  }

  /** The ports on which one class may reach another. */
  ports(from: number, to: number): PortSet {
    const egress = this.allowed('egress', from, to);
    return egress.length === 0 ? egress : intersection(egress, this.allowed('ingress', from, to));
  }

  /** The ports that the policies of one end let through, whatever those of the other say. */
  allowed(direction: Direction, from: number, to: number): PortSet {
    const { isolatedBy, grants } = this.side(direction, direction === 'egress' ? from : to);
    if (isolatedBy.length === 0) return everyPort;
    const peer = direction === 'egress' ? to : from;
    const sets = grants.filter(({ pods }) => pods.has(peer)).map(({ portsAt }) => portsAt(to));
    const [only = []] = sets;
    return sets.length < 2 ? only : union(...sets);
  }

  /** The policies that isolate a class, and what they allow. */
  side(direction: Direction, id: number): DirectionGrants {
    return this.grants[direction][id] ?? { isolatedBy: [], grants: [] };
  }

  /** The grants of one end that have a part in connections on some ports. */
  grantsFor(direction: Direction, from: number, to: number, ports: PortSet): Grant[] {
    const [own, peer] = direction === 'egress' ? [from, to] : [to, from];
    return this.side(direction, own).grants.filter(
      ({ pods, portsAt }) => pods.has(peer) && intersection(portsAt(to), ports).length > 0,
    );
  }

  /** The same for addresses as the other end. */
  grantsForAddresses(direction: Direction, id: number, { addresses, ports }: OutsidePart): Grant[] {
    return this.side(direction, id).grants.filter(
      (grant) =>
        intersection(grant.addresses, addresses).length > 0 &&
        intersection(portsOutside(grant, direction, id), ports).length > 0,
    );
  }

  /** What a class may reach outside of all pods, or be reached from; the parts have no address in common. */
  outside(direction: Direction, id: number): OutsidePart[] {
    const { isolatedBy, grants } = this.side(direction, id);
    if (isolatedBy.length === 0) return [{ addresses: this.space.everything, ports: everyPort }];
    return disjoint(
      grants.map((grant) => ({ addresses: grant.addresses, ports: portsOutside(grant, direction, id) })),
    );
  }

  /** Classes to which rules of theirs may let others connect: by who connects, and those that let many. */
  private answering(): { byPeer: Map<number, number[]>; many: number[] } {
    const byPeer = new Map<number, number[]>();
    const many: number[] = [];
    for (const { id } of this.classes.all) {
      const { grants } = this.side('ingress', id);
      if (grants.some(({ pods }) => pods.size > manyPeers)) many.push(id);
      for (const { pods } of grants.filter(({ pods }) => pods.size <= manyPeers)) {
        for (const peer of pods) append(byPeer, peer, id);
      }
    }
    return { byPeer, many };
  }

  private candidates(from: number, { byPeer, many }: ReturnType<Network['answering']>): Set<number> {
    const { isolatedBy, grants } = this.side('egress', from);
    const answering = [...(byPeer.get(from) ?? []), ...many];
    if (isolatedBy.length === 0) return new Set(answering);
    const few = grants.filter(({ pods }) => pods.size <= manyPeers).flatMap(({ pods }) => [...pods]);
    const hasMany = grants.some(({ pods }) => pods.size > manyPeers);
    return new Set(hasMany ? [...few, ...answering, ...this.openTo] : few);
  }
}

/** The pods of each selector of a policy, its own first. */
function selectedBy(policy: Policy, pods: FlowPods): (readonly number[])[] {
  const rules = [...(policy.ingress ?? []), ...(policy.egress ?? [])];
  const selections = rules.flatMap(({ selections }) => selections);
  return [
    pods.matching(policy.namespace, policy.subject),
    ...selections.map((selection) => pods.selectedBy(selection, policy)),
  ];
}

function portsOutside(grant: Grant, direction: Direction, id: number): PortSet {
  return direction === 'egress' ? grant.portsOutside : grant.portsAt(id);
}

/** The same connections in parts that have no address in common, none of which have the same ports. */
export function disjoint(parts: readonly OutsidePart[]): OutsidePart[] {
  let found: OutsidePart[] = [];
  for (const { addresses, ports } of parts) {
    if (addresses.length === 0 || ports.length === 0) continue;
    const rest = difference(addresses, union(...found.map((part) => part.addresses)));
    found = found.flatMap((part) => [
      { addresses: difference(part.addresses, addresses), ports: part.ports },
      { addresses: intersection(part.addresses, addresses), ports: union(part.ports, ports) },
    ]);
    found = withSamePorts([...found, { addresses: rest, ports }]);
  }
  return found;
}

function withSamePorts(parts: readonly OutsidePart[]): OutsidePart[] {
  const groups = new Map<string, OutsidePart>();
  for (const part of parts) {
    if (part.addresses.length === 0) continue;
    const key = part.ports.map(({ from, to }) => `${from}-${to}`).join();
    const same = groups.get(key);
    groups.set(
      key,
      same === undefined ? part : { ...part, addresses: union(same.addresses, part.addresses) },
    );
  }
  return [...groups.values()];
}
