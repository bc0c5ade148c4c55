import { privateRanges, type Topology } from '../../documents/topology';
import { type AddressSet, addressesEnd, cidrsOf, ipv6Start, parseCidr } from './address-set';
import { covers, difference, intersection, union } from './intervals';

export interface NamedAddresses {
  readonly name: string;
  readonly addresses: AddressSet;
}

/** Number of addresses in the pod range of a node (/24). The first one belongs to the flannel interface. */
const nodeSubnet = 256n;

/**
 * The addresses that do not belong to pods or Services. Pods have the addresses of the pod CIDR, except for the first
 * address of each node subnet. That address belongs to the flannel interface of the node: Traefik on the host network
 * uses it to connect to pods on other nodes. Flannel addresses are numbered from `addressesEnd`, one for each node
 * subnet.
 */
export class AddressSpace {
  /** All addresses that do not belong to pods or Services. */
  readonly everything: AddressSet;
  private readonly pods: AddressSet;
  /** Addresses of Services. Policies never see them, because kube-proxy first translates them to pod addresses. */
  private readonly services: AddressSet;
  private readonly podsFrom: bigint;
  private readonly names: readonly NamedAddresses[];

  /** @throws for a topology with an invalid CIDR or address */
  constructor(private readonly topology: Topology) {
    this.pods = parse(topology.podCidr);
    this.services = parse(topology.serviceCidr);
    this.podsFrom = this.pods[0]?.from ?? 0n;
    this.everything = this.outside([{ from: 0n, to: addressesEnd }]);
    this.names = this.wellKnown();
  }

  /** Removes the addresses of pods and Services from a set. Flannel addresses remain. */
  outside(addresses: AddressSet): AddressSet {
    const flannel = intersection(addresses, this.pods).map(({ from, to }) => ({
      from: addressesEnd + this.subnet(from),
      to: addressesEnd + this.subnet(to),
    }));
    return union(
      difference(addresses, union(this.pods, this.services)),
      flannel.filter(({ from, to }) => from < to),
    );
  }

  /** Whether a pod may have one of the addresses. It is unknown which pod has which address. */
  reachesPods(addresses: AddressSet): boolean {
    return intersection(addresses, this.pods).some(
      ({ from, to }) => to - from > 1n || (from - this.podsFrom) % nodeSubnet !== 0n,
    );
  }

  /**
   * Names the parts of a set: `any address`, `public addresses`, a private range by its CIDR, the nodes, the flannel
   * addresses, and all other addresses by their CIDRs. 127.0.0.0/8 counts as public, because no packet has such an
   * address.
   */
  name(addresses: AddressSet): NamedAddresses[] {
    if (covers(addresses, this.everything)) return [{ name: 'any address', addresses }];
    const named: NamedAddresses[] = [];
    let rest = addresses;
    for (const known of this.names) {
      if (known.addresses.length === 0 || !covers(rest, withoutLoopback(known.addresses))) continue;
      named.push({ name: known.name, addresses: intersection(rest, known.addresses) });
      rest = difference(rest, known.addresses);
    }
    return [...named, ...this.nameRest(rest)];
  }

  /** The addresses as exact CIDRs. */
  cidrs(addresses: AddressSet): string[] {
    return addresses.flatMap(({ from, to }) => [
      ...cidrsOf(from, min(to, ipv6Start)),
      ...(to <= ipv6Start ? [] : cidrsOf(max(from, ipv6Start), min(to, addressesEnd))),
      ...this.flannelAddresses(max(from, addressesEnd), to),
    ]);
  }

  /** The number of the first node subnet that begins at this address or after it. */
  private subnet(address: bigint): bigint {
    return (address - this.podsFrom + nodeSubnet - 1n) / nodeSubnet;
  }

  private flannelAddresses(from: bigint, to: bigint): string[] {
    const addresses: string[] = [];
    for (let at = from; at < to; at += 1n) addresses.push(this.flannelAddress(at));
    return addresses;
  }

  private flannelAddress(position: bigint): string {
    const address = this.podsFrom + (position - addressesEnd) * nodeSubnet;
    return cidrsOf(address, address + 1n).join();
  }

  private wellKnown(): NamedAddresses[] {
    const ipv4 = this.outside([{ from: 0n, to: ipv6Start }]);
    const ranges = privateRanges.map((cidr) => ({ name: cidr, addresses: this.outside(parse(cidr)) }));
    const open = difference(
      ipv4,
      union(...ranges.map(({ addresses }) => addresses), this.outside(this.pods)),
    );
    const nodes = union(...this.topology.nodeAddresses.map(parse));
    return [
      { name: 'any IPv4 address', addresses: ipv4 },
      { name: 'public addresses', addresses: open },
      { name: 'public addresses other than the nodes', addresses: difference(open, nodes) },
      ...ranges,
      ...(this.topology.nodeAddresses.length > 1 ? [{ name: 'the nodes', addresses: nodes }] : []),
      { name: 'any IPv6 address', addresses: [{ from: ipv6Start, to: addressesEnd }] },
    ];
  }

  /**
   * Names addresses that have no well-known name: nodes and flannel addresses one by one, others as a list of CIDRs.
   */
  private nameRest(rest: AddressSet): NamedAddresses[] {
    const nodes = this.topology.nodeAddresses
      .map((address) => ({ name: `node ${address}`, addresses: parse(address) }))
      .filter(({ addresses }) =>
        rest.some(({ from, to }) => from === addresses[0]?.from && to === from + 1n),
      );
    const beyond = addressesEnd + BigInt(this.topology.nodeSubnets);
    const flannel = [
      this.nameFlannel(intersection(rest, [{ from: addressesEnd, to: beyond }]), ''),
      this.nameFlannel(
        intersection(rest, [{ from: beyond, to: beyond + (1n << 32n) }]),
        ` (of more node subnets than the ${this.topology.nodeSubnets} that policies allow)`,
      ),
    ].flat();
    const others = difference(rest, union(...[...nodes, ...flannel].map(({ addresses }) => addresses)));
    const name = this.cidrs(others).join(', ');
    return [...(name === '' ? [] : [{ name, addresses: others }]), ...nodes, ...flannel];
  }

  private nameFlannel(addresses: AddressSet, remark: string): NamedAddresses[] {
    if (addresses.length === 0) return [];
    const runs = addresses.map(({ from, to }) =>
      to - from === 1n
        ? this.flannelAddress(from)
        : `${this.flannelAddress(from)} to ${this.flannelAddress(to - 1n)}`,
    );
    const word = addresses.length === 1 && !runs[0]?.includes(' ') ? 'flannel address' : 'flannel addresses';
    return [{ name: `${word} ${runs.join(', ')}${remark}`, addresses }];
  }
}

function withoutLoopback(addresses: AddressSet): AddressSet {
  return difference(addresses, parse('127.0.0.0/8'));
}

function parse(cidr: string): AddressSet {
  const addresses = parseCidr(cidr);
  if (addresses === undefined) throw new Error(`${JSON.stringify(cidr)} is not a CIDR or an address`);
  return addresses;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
