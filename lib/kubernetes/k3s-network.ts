import type { Topology } from '../documents/topology';

/** k3s' default `--cluster-cidr`. Each node gets a /24 of it, in the order in which nodes joined. */
export const podCidr = '10.42.0.0/16';

/** k3s' default `--service-cidr`. */
export const serviceCidr = '10.43.0.0/16';

/**
 * How many node subnets the policies know. A replaced node takes a new one, so sixteen leave room for thirteen
 * replacements of three nodes; past them Traefik on the newest node can't reach pods of others.
 */
const nodeSubnets = 16;

/** A k3s cluster of which only the defaults are known. */
export const defaultTopology: Topology = { podCidr, serviceCidr, nodeSubnets, nodeAddresses: [] };

/** The address of each node's flannel interface: the first of its subnet, `10.42.N.0`. */
export function flannelAddresses(): string[] {
  const [first, second] = podCidr.split('.');
  return Array.from({ length: nodeSubnets }, (_, subnet) => `${first}.${second}.${subnet}.0`);
}
