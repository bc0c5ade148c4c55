/**
 * Assumptions about the cluster. A proof is valid only if they are true.
 *
 * @see https://docs.k3s.io/networking/networking-services (network policy controller)
 * @see https://github.com/cloudnativelabs/kube-router/tree/v2.6.3/pkg/controllers/netpol
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export const flowAssumptions: readonly string[] = [
  'Policies are additive: a policy in the cluster that is not in these documents allows more connections.',
  'The network policy controller of k3s runs on every node (no --disable-network-policy) and uses iptables.',
  'A node, and every process on its host network, can connect to the pods on that node. Policies do not prevent this.',
  'Connections from the host network of a node to pods on other nodes come from its flannel interface, 10.42.N.0.',
  'A pod may have any other address of the pod CIDR, so an ipBlock that contains such an address allows every pod.',
  'Policies see addresses after NAT: the pods of a Service instead of the Service, and a node on port 6443 instead of the API server.',
  'A pod can connect to the NodePorts (30000-32767, TCP and UDP) of its own node. Policies do not prevent this.',
  'Responses to allowed connections are allowed. ICMP and protocols other than TCP, UDP and SCTP are not analysed.',
  'Policies apply to a new pod some moments after it starts.',
  'A namespace has no labels except its name and those in its document; a pod has no labels except those of its template.',
  'A namespace without a workload or policy in these documents counts as a namespace without policies.',
];
