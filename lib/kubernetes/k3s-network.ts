import type { Topology } from '../documents/topology';

/** Default `--cluster-cidr` of k3s. Each node gets a /24, in the order in which the nodes joined. */
export const podCidr = '10.42.0.0/16';

/** Default `--service-cidr` of k3s. */
export const serviceCidr = '10.43.0.0/16';

/**
 * Number of node subnets that the policies allow. A replaced node gets a new subnet: sixteen allow thirteen
 * replacements of three nodes. Beyond that, Traefik on the newest node cannot connect to pods on other nodes.
 */
const nodeSubnets = 16;

/** The topology of a k3s cluster with default settings. */
export const defaultTopology: Topology = { podCidr, serviceCidr, nodeSubnets, nodeAddresses: [] };

/** The address of the flannel interface of each node: the first of its subnet, `10.42.N.0`. */
export function flannelAddresses(): string[] {
  const [first, second] = podCidr.split('.');
  return Array.from({ length: nodeSubnets }, (_, subnet) => `${first}.${second}.${subnet}.0`);
}
