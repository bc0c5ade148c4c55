import { append } from '../../documents/append';
import type { PodPeer } from '../../documents/flow';
import type { Topology } from '../../documents/topology';
import type { AddressSet } from './address-set';
import { AddressSpace } from './address-space';
import type { FlowCluster } from './cluster';
import { type Direction, type DirectionGrants, type Grant, Grants } from './grants';
import { difference, intersection, union } from './intervals';
import { PodGroups } from './pod-groups';
import { FlowPods } from './pods';
import type { Policy } from './policy';
import { everyPort, type PortSet } from './ports';

/** Two pod groups, by id: `from` may connect to `to`. */
export interface Pair {
  readonly from: number;
  readonly to: number;
  readonly ports: PortSet;
}

/** Addresses that a pod group may connect to, or accept connections from, on these ports. */
export interface OutsidePart {
  readonly addresses: AddressSet;
  readonly ports: PortSet;
}

/** If a rule has more peers than this, it is faster to evaluate the rules of the other end. */
const manyPeers = 64;

/**
 * The possible connections. Between two pods, the policies of both pods decide. Between a pod and addresses, only the
 * policies of the pod decide.
 *
 * The connections are computed from the rules, not for every pair of pods. Pods that no policy isolates are not
 * listed as pairs: every group of `openFrom` may connect to every group of `openTo`.
 */
export class Network {
  readonly groups: PodGroups;
  readonly space: AddressSpace;
  readonly pods: FlowPods;
  /** Ids of the pod groups that no policy isolates for egress. */
  readonly openFrom: readonly number[];
  /** Ids of the pod groups that no policy isolates for ingress. */
  readonly openTo: readonly number[];
  private readonly grants: Grants;

  /**
   * @param peers additional pods to distinguish, also from other pods without a manifest
   * @param numbered pods of a StatefulSet or an indexed Job to distinguish even if no policy does
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
    this.groups = new PodGroups(this.pods, policies, [
      ...policies.flatMap((policy) => selectedBy(policy, this.pods)),
      ...peers.map((peer) => this.pods.ofPeer(peer)),
      ...(peers.length > 0 ? [this.pods.ofWorkloads()] : []),
    ]);
    this.grants = new Grants(policies, this.pods, this.groups, this.space);
    const open = (sides: readonly DirectionGrants[]): number[] =>
      this.groups.all.filter(({ id }) => sides[id]?.isolatedBy.length === 0).map(({ id }) => id);
    this.openFrom = open(this.grants.egress);
    this.openTo = open(this.grants.ingress);
  }

  /** Whether the manifests describe the namespace of a group. For other namespaces, only labels are known. */
  isDescribed(id: number): boolean {
    return this.cluster.described.has(this.groups.all[id]?.namespace ?? '');
  }

  /** Every possible pair of groups in which a policy isolates at least one. */
  *pairs(): Generator<Pair> {
    const servers = this.serverCandidates();
    for (const { id: from } of this.groups.all) {
      for (const to of this.candidates(from, servers)) {
        const ports = this.ports(from, to);
        if (ports.length > 0) yield { from, to, ports };
      }
    }
  }

  /** The ports on which one group may connect to another. */
  ports(from: number, to: number): PortSet {
    const egress = this.allowed('egress', from, to);
    return egress.length === 0 ? egress : intersection(egress, this.allowed('ingress', from, to));
  }

  /** The ports that the policies of one end allow, whatever the policies of the other end allow. */
  allowed(direction: Direction, from: number, to: number): PortSet {
    const { isolatedBy, grants } = this.side(direction, direction === 'egress' ? from : to);
    if (isolatedBy.length === 0) return everyPort;
    const peer = direction === 'egress' ? to : from;
    const sets = grants.filter(({ pods }) => pods.has(peer)).map(({ portsAt }) => portsAt(to));
    const [only = []] = sets;
    return sets.length < 2 ? only : union(...sets);
  }

  /** The policies that isolate a pod group in one direction, and what they allow. */
  side(direction: Direction, id: number): DirectionGrants {
    return this.grants[direction][id] ?? { isolatedBy: [], grants: [] };
  }

  /** The grants at one end that allow connections on some of the ports. */
  grantsFor(direction: Direction, from: number, to: number, ports: PortSet): Grant[] {
    const [own, peer] = direction === 'egress' ? [from, to] : [to, from];
    return this.side(direction, own).grants.filter(
      ({ pods, portsAt }) => pods.has(peer) && intersection(portsAt(to), ports).length > 0,
    );
  }

  /** The grants that allow connections with some of the addresses. */
  grantsForAddresses(direction: Direction, id: number, { addresses, ports }: OutsidePart): Grant[] {
    return this.side(direction, id).grants.filter(
      (grant) =>
        intersection(grant.addresses, addresses).length > 0 &&
        intersection(portsOutside(grant, direction, id), ports).length > 0,
    );
  }

  /** The connections of a group with addresses. The address sets of the parts do not overlap. */
  outside(direction: Direction, id: number): OutsidePart[] {
    const { isolatedBy, grants } = this.side(direction, id);
    if (isolatedBy.length === 0) return [{ addresses: this.space.everything, ports: everyPort }];
    return disjoint(
      grants.map((grant) => ({ addresses: grant.addresses, ports: portsOutside(grant, direction, id) })),
    );
  }

  /**
   * The server groups whose rules may allow a client group, by client. Server groups with many peers are listed
   * separately.
   */
  private serverCandidates(): { byPeer: Map<number, number[]>; many: number[] } {
    const byPeer = new Map<number, number[]>();
    const many: number[] = [];
    for (const { id } of this.groups.all) {
      const { grants } = this.side('ingress', id);
      if (grants.some(({ pods }) => pods.size > manyPeers)) many.push(id);
      for (const { pods } of grants.filter(({ pods }) => pods.size <= manyPeers)) {
        for (const peer of pods) append(byPeer, peer, id);
      }
    }
    return { byPeer, many };
  }

  private candidates(from: number, { byPeer, many }: ReturnType<Network['serverCandidates']>): Set<number> {
    const { isolatedBy, grants } = this.side('egress', from);
    const servers = [...(byPeer.get(from) ?? []), ...many];
    if (isolatedBy.length === 0) return new Set(servers);
    const few = grants.filter(({ pods }) => pods.size <= manyPeers).flatMap(({ pods }) => [...pods]);
    const hasMany = grants.some(({ pods }) => pods.size > manyPeers);
    return new Set(hasMany ? [...few, ...servers, ...this.openTo] : few);
  }
}

/** The pods that each selector of a policy matches; podSelector is the first. */
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

/** Splits connections into parts: no two parts share an address, and no two parts have the same ports. */
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
