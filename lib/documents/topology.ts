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

/**
 * Where Services have their addresses, unless the cluster was set up otherwise.
 *
 * @see https://docs.k3s.io/cli/server (service-cidr)
 * @see https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/#kubeadm-k8s-io-v1beta4-Networking
 */
export const serviceRanges = [
  { cluster: 'k3s', cidr: '10.43.0.0/16' },
  { cluster: 'a cluster of kubeadm', cidr: '10.96.0.0/12' },
] as const;

/** Where a cluster's addresses lie, as far as policies can tell. */
export interface Topology {
  /** The range of all pods, such as `10.42.0.0/16`. */
  readonly podCidr: string;
  /** The range of all Services. No packet that a policy sees has such an address. */
  readonly serviceCidr: string;
  /** How many node subnets are counted with, from the first. */
  readonly nodeSubnets: number;
  /** The nodes' own addresses. */
  readonly nodeAddresses: readonly string[];
}
