/**
 * Ranges to which no public host name should resolve: private networks, carrier-grade NAT, and link-local addresses,
 * which include the metadata service at 169.254.169.254. The addresses of pods and Services are in the private
 * networks.
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
 * Default Service ranges.
 *
 * @see https://docs.k3s.io/cli/server (service-cidr)
 * @see https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/#kubeadm-k8s-io-v1beta4-Networking
 */
export const serviceRanges = [
  { cluster: 'k3s', cidr: '10.43.0.0/16' },
  { cluster: 'a kubeadm cluster', cidr: '10.96.0.0/12' },
] as const;

/** The address ranges of a cluster. */
export interface Topology {
  /** The range of all pods, such as `10.42.0.0/16`. */
  readonly podCidr: string;
  /**
   * The range of all Services. NetworkPolicies never see these addresses, because kube-proxy replaces them before.
   */
  readonly serviceCidr: string;
  /** Number of node subnets that the policies allow, counted from the first. */
  readonly nodeSubnets: number;
  /** Addresses of the nodes. */
  readonly nodeAddresses: readonly string[];
}
