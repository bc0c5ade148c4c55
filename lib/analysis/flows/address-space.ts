import { privateRanges, type Topology } from '../../documents/topology';
import { type AddressSet, addressesEnd, cidrsOf, ipv6Start, parseCidr } from './address-set';
import { covers, difference, intersection, union } from './intervals';

/** A part of the addresses that people have a word for. */
export interface NamedAddresses {
  readonly name: string;
  readonly addresses: AddressSet;
}

/** Each node has so many addresses of the pods' range; the first is its flannel interface's. */
const nodeSubnet = 256n;

/**
 * The addresses that are no pod's. Pods have the addresses of the pod CIDR but for the first of each node's subnet:
 * that is the node's flannel interface, and what Traefik on the host network reaches other nodes' pods from. These
 * stand behind all others on the line, from `addressesEnd`, by the number of their subnet.
 */
export class AddressSpace {
  /** All of them: whatever isn't a pod. */
  readonly everything: AddressSet;
  private readonly pods: AddressSet;
  /** No packet that a policy sees has one: a Service's address is exchanged for a pod's or a node's before. */
  private readonly services: AddressSet;
  private readonly podsFrom: bigint;
  private readonly names: readonly NamedAddresses[];

  /** @throws for a topology whose CIDR or address is none */
  constructor(private readonly topology: Topology) {
    this.pods = parse(topology.podCidr);
    this.services = parse(topology.serviceCidr);
    this.podsFrom = this.pods[0]?.from ?? 0n;
    this.everything = this.outside([{ from: 0n, to: addressesEnd }]);
    this.names = this.wellKnown();
  }

  /** What of some addresses is neither a pod's nor a Service's. */
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

  /** Tells whether a pod may have one of the addresses: which pod has which is nobody's to say. */
  reachesPods(addresses: AddressSet): boolean {
    return intersection(addresses, this.pods).some(
      ({ from, to }) => to - from > 1n || (from - this.podsFrom) % nodeSubnet !== 0n,
    );
  }

  /**
   * A set in as few words as possible: `any address`, `public addresses`, a private range by its CIDR, the nodes, the
   * flannel addresses, and for what is left its CIDRs. 127.0.0.0/8 goes with the public ones: no packet has it.
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

  /** The set as CIDRs, exactly. */
  cidrs(addresses: AddressSet): string[] {
    return addresses.flatMap(({ from, to }) => [
      ...cidrsOf(from, min(to, ipv6Start)),
      ...(to <= ipv6Start ? [] : cidrsOf(max(from, ipv6Start), min(to, addressesEnd))),
      ...this.flannelAddresses(max(from, addressesEnd), to),
    ]);
  }

  /** The number of the first subnet whose first address is at or behind an address. */
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

  /** What has no word of its own: nodes and flannel addresses by theirs, others as one list of CIDRs. */
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
        ` (behind the ${this.topology.nodeSubnets} node subnets that are counted with)`,
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
  if (addresses === undefined) throw new Error(`${JSON.stringify(cidr)} is neither a CIDR nor an address`);
  return addresses;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
