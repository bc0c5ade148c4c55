/**
 * What no name outside of the cluster resolves to: private networks, carrier-grade NAT, and the link-local range,
 * where a node's user-data lies at 169.254.169.254. The cluster's own pods and Services are in the first.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6890
 */
export const privateRanges: readonly string[] = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
];

/** Where a cluster's addresses lie, as far as policies can tell. */
export interface Topology {
  /** The range of all pods, such as `10.42.0.0/16`. */
  readonly podCidr: string;
  /** How many node subnets are counted with, from the first. */
  readonly nodeSubnets: number;
  /** The nodes' own addresses. */
  readonly nodeAddresses: readonly string[];
}
