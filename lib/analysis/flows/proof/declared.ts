import type { AddressPeer, Flow, Peer, PodPeer } from '../../../documents/flow';
import { type AddressSet, parseCidr } from '../address-set';
import type { Direction } from '../grants';
import { difference, union } from '../intervals';
import { disjoint, type Network, type OutsidePart } from '../network';
import { type PortSet, portsOf } from '../ports';

/** The pods of the cluster's DNS: k3s and other clusters with CoreDNS use the label of kube-dns. */
export const clusterDns: PodPeer = {
  kind: 'pods',
  namespace: 'kube-system',
  labels: { 'k8s-app': 'kube-dns' },
};

/** Port 53 over UDP, and over TCP for long answers. */
const dnsPorts: PortSet = union(portsOf('TCP', 53, 53), portsOf('UDP', 53, 53));

/** The pods of declarations, which a network must distinguish. */
export function declaredPods(declared: readonly Flow[], isDnsDeclared: boolean): PodPeer[] {
  const peers = [...new Set(declared.flatMap(({ from, to }) => [from, to]))].filter(isPods);
  const all = isDnsDeclared ? [...peers, clusterDns] : peers;
  return [...new Map(all.map((peer) => [keyOf(peer), peer])).values()];
}

/** The classes or the addresses of a declared peer. One of the two is empty. */
interface MeantFlow {
  readonly classes: readonly number[];
  readonly addresses: AddressSet;
}

/** The declared connections, with the class ids of a network. */
export class DeclaredFlows {
  /** Ports by `pairKey`. */
  readonly pairs = new Map<number, PortSet>();
  /** Connections that are allowed but not required: pods without a document may send DNS queries. */
  readonly tolerated = new Map<number, PortSet>();
  private readonly parts = {
    egress: new Map<number, Map<string, OutsidePart[]>>(),
    ingress: new Map<number, Map<string, OutsidePart[]>>(),
  };
  private readonly byPeer = new Map<Peer, MeantFlow>();
  private readonly byKey = new Map<string, MeantFlow>();

  /** @throws for a declaration with invalid addresses */
  constructor(
    private readonly network: Network,
    declared: readonly Flow[],
    isDnsDeclared: boolean,
  ) {
    for (const flow of declared) this.add(flow);
    if (isDnsDeclared) this.addDns();
  }

  /** The two classes of a key of `pairs`. */
  pair(key: number): { from: number; to: number } {
    const count = this.network.classes.all.length;
    return { from: Math.floor(key / count), to: key % count };
  }

  /** The ports that are declared or tolerated between two classes. */
  ports(from: number, to: number): PortSet {
    const key = this.pairKey(from, to);
    return union(this.pairs.get(key) ?? [], this.tolerated.get(key) ?? []);
  }

  /** Classes with declared connections to or from addresses. */
  classes(direction: Direction): number[] {
    return [...this.parts[direction].keys()];
  }

  /** The declared addresses of a class. The parts do not overlap. */
  outside(direction: Direction, id: number): OutsidePart[] {
    const byPorts = [...(this.parts[direction].get(id)?.values() ?? [])];
    return disjoint(
      byPorts.map((parts) => ({
        addresses: union(...parts.map(({ addresses }) => addresses)),
        ports: parts[0]?.ports ?? [],
      })),
    );
  }

  /** The pods or addresses at one end of a declaration. */
  meantBy(peer: Peer): MeantFlow {
    const known = this.byPeer.get(peer);
    if (known !== undefined) return known;
    const key = keyOf(peer);
    const meant = this.byKey.get(key) ?? this.resolve(peer);
    this.byKey.set(key, meant);
    this.byPeer.set(peer, meant);
    return meant;
  }

  /** Whether a declaration matches pods of a workload, and not only pods without a document. */
  isWorkload(peer: PodPeer): boolean {
    return this.network.pods.ofPeer(peer).some((id) => this.network.pods.all[id]?.workload !== undefined);
  }

  private add({ from, to, protocol, port }: Flow): void {
    const [opening, answering] = [this.meantBy(from), this.meantBy(to)];
    const ports = portsOf(protocol, port, port);
    for (const id of opening.classes) {
      for (const other of answering.classes) addPorts(this.pairs, this.pairKey(id, other), ports);
      this.addOutside('egress', id, { addresses: answering.addresses, ports });
    }
    for (const id of answering.classes) {
      this.addOutside('ingress', id, { addresses: opening.addresses, ports });
    }
  }

  private resolve(peer: Peer): MeantFlow {
    const { pods, classes, space } = this.network;
    return peer.kind === 'pods'
      ? { classes: [...classes.of(pods.ofPeer(peer))], addresses: [] }
      : { classes: [], addresses: space.outside(addressesOf(peer)) };
  }

  private addDns(): void {
    const servers = this.meantBy(clusterDns).classes;
    for (const { id, pods } of this.network.classes.all) {
      const isThere = pods.some(({ workload }) => workload !== undefined);
      for (const server of servers) {
        addPorts(isThere ? this.pairs : this.tolerated, this.pairKey(id, server), dnsPorts);
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
    return from * this.network.classes.all.length + to;
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
    throw new Error(`a flow's ${JSON.stringify(cidr)} is not a CIDR such as 10.0.0.0/8`);
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
