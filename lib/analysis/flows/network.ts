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

/** Two classes, by id: the first may connect to the second. */
export interface Pair {
  readonly from: number;
  readonly to: number;
  readonly ports: PortSet;
}

/** Addresses to or from which a class may connect, with ports. */
export interface OutsidePart {
  readonly addresses: AddressSet;
  readonly ports: PortSet;
}

/** A rule with more peers than this is cheaper to evaluate from the other side. */
const manyPeers = 64;

/**
 * The possible connections. Between two pods, the policies of both pods decide. Between a pod and addresses, the
 * policies of the pod decide.
 *
 * Connections are computed from the rules, not by trying pairs: pods that no policy isolates stay one product
 * (`openFrom` × `openTo`) and are not listed as pairs.
 */
export class Network {
  readonly classes: Classes;
  readonly space: AddressSpace;
  readonly pods: FlowPods;
  /** Classes whose egress no policy isolates. */
  readonly openFrom: readonly number[];
  /** Groups of identical pods that no policy isolates for ingress. */
  readonly openTo: readonly number[];
  private readonly grants: Grants;

  /**
   * @param peers further pods to distinguish, which are also separate from other pods without a document
   * @param numbered pods of a StatefulSet or an indexed Job to distinguish, whatever the policies select
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

  /** Whether the documents describe the namespace of a class. For other namespaces, only labels are known. */
  isDescribed(id: number): boolean {
    return this.cluster.described.has(this.classes.all[id]?.namespace ?? '');
  }

  /** Every possible pair with at least one isolated class. The namespace of that class is described. */
  *pairs(): Generator<Pair> {
    const answering = this.answering();
    for (const { id: from } of this.classes.all) {
      for (const to of this.candidates(from, answering)) {
        const ports = this.ports(from, to);
        if (ports.length > 0) yield { from, to, ports };
      }
    }
  }

  /** The ports on which one class may connect to another. */
  ports(from: number, to: number): PortSet {
    const egress = this.allowed('egress', from, to);
    return egress.length === 0 ? egress : intersection(egress, this.allowed('ingress', from, to));
  }

  /** The ports that the policies of one end allow, without regard to the policies of the other end. */
  allowed(direction: Direction, from: number, to: number): PortSet {
    const { isolatedBy, grants } = this.side(direction, direction === 'egress' ? from : to);
    if (isolatedBy.length === 0) return everyPort;
    const peer = direction === 'egress' ? to : from;
    const sets = grants.filter(({ pods }) => pods.has(peer)).map(({ portsAt }) => portsAt(to));
    const [only = []] = sets;
    return sets.length < 2 ? only : union(...sets);
  }

  /** The policies that isolate a group of identical pods, and what they allow. */
  side(direction: Direction, id: number): DirectionGrants {
    return this.grants[direction][id] ?? { isolatedBy: [], grants: [] };
  }

  /** The grants of one end for connections on some ports. */
  grantsFor(direction: Direction, from: number, to: number, ports: PortSet): Grant[] {
    const [own, peer] = direction === 'egress' ? [from, to] : [to, from];
    return this.side(direction, own).grants.filter(
      ({ pods, portsAt }) => pods.has(peer) && intersection(portsAt(to), ports).length > 0,
    );
  }

  /** The grants for addresses at the other end. */
  grantsForAddresses(direction: Direction, id: number, { addresses, ports }: OutsidePart): Grant[] {
    return this.side(direction, id).grants.filter(
      (grant) =>
        intersection(grant.addresses, addresses).length > 0 &&
        intersection(portsOutside(grant, direction, id), ports).length > 0,
    );
  }

  /** Connections of a class with addresses. The parts do not overlap. */
  outside(direction: Direction, id: number): OutsidePart[] {
    const { isolatedBy, grants } = this.side(direction, id);
    if (isolatedBy.length === 0) return [{ addresses: this.space.everything, ports: everyPort }];
    return disjoint(
      grants.map((grant) => ({ addresses: grant.addresses, ports: portsOutside(grant, direction, id) })),
    );
  }

  /** The server classes whose rules may allow each client class, and the server classes with many peers. */
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

/** The pods of each selector of a policy, beginning with podSelector. */
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

/** Splits connections into parts whose addresses do not overlap and whose ports differ. */
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
