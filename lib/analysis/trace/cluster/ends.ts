import type { PodPeer } from '../../../documents/flow';
import { type AddressSet, parseCidr } from '../../flows/address-set';
import type { FlowWorkload } from '../../flows/cluster';
import { difference, union } from '../../flows/intervals';
import type { Network } from '../../flows/network';
import type { LabelMap } from '../../flows/selector';
import { type TraceSubject, traefikPods } from '../subject';

/** One end of a connection, as policies see it. */
export type ConnectionEnd = PodsEnd | AddressesEnd;

export interface PodsEnd {
  readonly kind: 'pods';
  /** `Deployment shop/web` */
  readonly name: string;
  /** The short name for messages, such as `web`. */
  readonly short: string;
  readonly namespace: string;
  /** Labels that all pods of this end have. */
  readonly labels: LabelMap;
  readonly classes: readonly number[];
}

export interface AddressesEnd {
  /** `host`: pods on the host network. No policy can isolate them, and their connections come from node addresses. */
  readonly kind: 'addresses' | 'host';
  readonly name: string;
  readonly addresses: AddressSet;
  /** The addresses as ipBlocks. */
  readonly blocks: readonly EndBlock[];
}

/** An ipBlock of a NetworkPolicy. */
export interface EndBlock {
  readonly cidr: string;
  readonly except?: readonly string[];
}

/** The pods of a workload. */
export function endOfWorkload(
  subject: TraceSubject,
  network: Network,
  { object, namespace, labels, isOnHostNetwork }: FlowWorkload,
): ConnectionEnd {
  if (isOnHostNetwork) return hostEnd(subject, network, object);
  const classes = network.groups.all.filter(({ pods }) => pods.some(({ workload }) => workload === object));
  const [pod] = network.pods.all.filter(({ workload }) => workload === object);
  const short = pod?.name ?? object;
  return { kind: 'pods', name: object, short, namespace, labels, classes: classes.map(({ id }) => id) };
}

/** Pods that are not in the input, by their labels. */
export function endOfPeer(network: Network, name: string, peer: PodPeer): PodsEnd {
  const { namespace, labels } = peer;
  const classes = [...network.groups.of(network.pods.ofPeer(peer))];
  return { kind: 'pods', name, short: name, namespace, labels: new Map(Object.entries(labels)), classes };
}

/** The pods of Traefik in k3s, with or without the host network. */
export function traefikEnd(subject: TraceSubject, network: Network): ConnectionEnd {
  return subject.traefik?.isOnHostNetwork === true
    ? hostEnd(subject, network, 'Traefik')
    : endOfPeer(network, 'Traefik', traefikPods);
}

/** One address, or a whole range of addresses. */
export function endOfAddresses(network: Network, name: string, blocks: readonly EndBlock[]): AddressesEnd {
  const parse = (cidr: string) => parseCidr(cidr) ?? [];
  const addresses = union(
    ...blocks.map(({ cidr, except = [] }) => difference(parse(cidr), union(...except.map(parse)))),
  );
  return { kind: 'addresses', name, addresses: network.space.outside(addresses), blocks };
}

function hostEnd(subject: TraceSubject, network: Network, name: string): AddressesEnd {
  const addresses = nodeSources(subject, network);
  const blocks = network.space.cidrs(addresses).map((address) => ({ cidr: `${address}/32` }));
  return { kind: 'host', name, addresses, blocks };
}

/** The addresses from which the host network of a node connects to pods on other nodes. */
function nodeSources({ topology }: TraceSubject, { space }: Network): AddressSet {
  const base = parseCidr(topology.podCidr)?.[0]?.from ?? 0n;
  const own = Array.from({ length: topology.nodeSubnets }, (_, index) => {
    const from = base + BigInt(index) * 256n;
    return { from, to: from + 1n };
  });
  return space.outside(union(own));
}
