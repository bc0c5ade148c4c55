import type { Topology } from '../documents/topology';

/** Default `--cluster-cidr` of k3s. Each node gets a /24, in the order in which the nodes joined. */
export const podCidr = '10.42.0.0/16';

/** Default `--service-cidr` of k3s. */
export const serviceCidr = '10.43.0.0/16';

/**
 * Number of /24 subnets of nodes that the policies allow. A replaced node gets a new subnet, so that 16
 * subnets are enough for three nodes and thirteen replacements. After that, Traefik on the newest node can't
 * connect to pods on other nodes.
 */
const nodeSubnets = 16;

/** The topology of a k3s cluster with default settings. */
export const defaultTopology: Topology = { podCidr, serviceCidr, nodeSubnets, nodeAddresses: [] };

/** The addresses of the flannel interfaces: `10.42.N.0`, the first address of each node's subnet. */
export function flannelAddresses(): string[] {
  const [first, second] = podCidr.split('.');
  return Array.from({ length: nodeSubnets }, (_, subnet) => `${first}.${second}.${subnet}.0`);
}
