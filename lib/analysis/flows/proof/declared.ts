import type { AddressPeer, Flow, Peer, PodPeer } from '../../../documents/flow';
import { type AddressSet, parseCidr } from '../address-set';
import type { Direction } from '../grants';
import { difference, union } from '../intervals';
import { disjoint, type Network, type OutsidePart } from '../network';
import { type PortSet, portsOf } from '../ports';

/** The pods of the cluster DNS. CoreDNS in k3s has the label `k8s-app: kube-dns`, as in most other clusters. */
export const clusterDns: PodPeer = {
  kind: 'pods',
  namespace: 'kube-system',
  labels: { 'k8s-app': 'kube-dns' },
};

/** Port 53: DNS over UDP, and over TCP for long responses. */
const dnsPorts: PortSet = union(portsOf('TCP', 53, 53), portsOf('UDP', 53, 53));

/** The pods of the declarations. The network must distinguish them from other pods. */
export function declaredPods(declared: readonly Flow[], isDnsDeclared: boolean): PodPeer[] {
  const peers = [...new Set(declared.flatMap(({ from, to }) => [from, to]))].filter(isPods);
  const all = isDnsDeclared ? [...peers, clusterDns] : peers;
  return [...new Map(all.map((peer) => [keyOf(peer), peer])).values()];
}

/** The groups or the addresses of a declared peer. One of the two is empty. */
interface DeclaredPeer {
  readonly groups: readonly number[];
  readonly addresses: AddressSet;
}

/** The declared connections between pod groups, by group id. */
export class DeclaredFlows {
  /** The declared ports of each pair of groups, by `pairKey`. */
  readonly pairs = new Map<number, PortSet>();
  /** Connections that are allowed but not required: DNS queries from pods without a manifest. */
  readonly tolerated = new Map<number, PortSet>();
  private readonly parts = {
    egress: new Map<number, Map<string, OutsidePart[]>>(),
    ingress: new Map<number, Map<string, OutsidePart[]>>(),
  };
  private readonly byPeer = new Map<Peer, DeclaredPeer>();
  private readonly byKey = new Map<string, DeclaredPeer>();

  /** @throws for a declaration with invalid addresses */
  constructor(
    private readonly network: Network,
    declared: readonly Flow[],
    isDnsDeclared: boolean,
  ) {
    for (const flow of declared) this.add(flow);
    if (isDnsDeclared) this.addDns();
  }

  /** The two groups of a key of `pairs`. */
  pair(key: number): { from: number; to: number } {
    const count = this.network.groups.all.length;
    return { from: Math.floor(key / count), to: key % count };
  }

  /** The ports that are declared or tolerated between two groups. */
  ports(from: number, to: number): PortSet {
    const key = this.pairKey(from, to);
    return union(this.pairs.get(key) ?? [], this.tolerated.get(key) ?? []);
  }

  /** The groups with declared connections to or from addresses. */
  groups(direction: Direction): number[] {
    return [...this.parts[direction].keys()];
  }

  /** The declared connections of a group with addresses. The address sets of the parts do not overlap. */
  outside(direction: Direction, id: number): OutsidePart[] {
    const byPorts = [...(this.parts[direction].get(id)?.values() ?? [])];
    return disjoint(
      byPorts.map((parts) => ({
        addresses: union(...parts.map(({ addresses }) => addresses)),
        ports: parts[0]?.ports ?? [],
      })),
    );
  }

  /** The pod groups or addresses of a peer of a declaration. */
  resolvePeer(peer: Peer): DeclaredPeer {
    const known = this.byPeer.get(peer);
    if (known !== undefined) return known;
    const key = keyOf(peer);
    const meant = this.byKey.get(key) ?? this.resolve(peer);
    this.byKey.set(key, meant);
    this.byPeer.set(peer, meant);
    return meant;
  }

  /** Whether a peer matches pods of a workload, and not only pods without a manifest. */
  isWorkload(peer: PodPeer): boolean {
    return this.network.pods.ofPeer(peer).some((id) => this.network.pods.all[id]?.workload !== undefined);
  }

  private add({ from, to, protocol, port }: Flow): void {
    const [opening, answering] = [this.resolvePeer(from), this.resolvePeer(to)];
    const ports = portsOf(protocol, port, port);
    for (const id of opening.groups) {
      for (const other of answering.groups) addPorts(this.pairs, this.pairKey(id, other), ports);
      this.addOutside('egress', id, { addresses: answering.addresses, ports });
    }
    for (const id of answering.groups) {
      this.addOutside('ingress', id, { addresses: opening.addresses, ports });
    }
  }

  private resolve(peer: Peer): DeclaredPeer {
    const { pods, groups, space } = this.network;
    return peer.kind === 'pods'
      ? { groups: [...groups.of(pods.ofPeer(peer))], addresses: [] }
      : { groups: [], addresses: space.outside(addressesOf(peer)) };
  }

  private addDns(): void {
    const servers = this.resolvePeer(clusterDns).groups;
    for (const { id, pods } of this.network.groups.all) {
      const isWorkloadGroup = pods.some(({ workload }) => workload !== undefined);
      for (const server of servers) {
        addPorts(isWorkloadGroup ? this.pairs : this.tolerated, this.pairKey(id, server), dnsPorts);
      }
    }
  }

  private addOutside(direction: Direction, id: number, part: OutsidePart): void {
    if (part.addresses.length === 0) return;
    const byPorts = this.parts[direction].get(id) ?? new Map<string, OutsidePart[]>();
    const key = JSON.stringify(part.ports);
    const parts = byPorts.get(key);
    if (parts === undefined) byPorts.set(key, [part]);
    else parts.push(part);
    this.parts[direction].set(id, byPorts);
  }

  private pairKey(from: number, to: number): number {
    return from * this.network.groups.all.length + to;
  }
}

function addPorts(pairs: Map<number, PortSet>, key: number, ports: PortSet): void {
  const before = pairs.get(key);
  pairs.set(key, before === undefined ? ports : union(before, ports));
}

function addressesOf({ cidr, except }: AddressPeer): AddressSet {
  return difference(cidrAddresses(cidr), union(...except.map(cidrAddresses)));
}

function cidrAddresses(cidr: string): AddressSet {
  const addresses = parseCidr(cidr);
  if (addresses === undefined)
    throw new Error(
      `the address ${JSON.stringify(cidr)} of a declared connection is not a CIDR such as 10.0.0.0/8`,
    );
  return addresses;
}

function isPods(peer: Peer): peer is PodPeer {
  return peer.kind === 'pods';
}

function keyOf(peer: Peer): string {
  return peer.kind === 'pods'
    ? JSON.stringify([peer.namespace, ...Object.entries(peer.labels).sort().flat()])
    : JSON.stringify([peer.cidr, peer.except]);
}
