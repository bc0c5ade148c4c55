/**
 * Assumptions about the cluster. A proof is valid only if they are true.
 *
 * @see https://docs.k3s.io/networking/networking-services (network policy controller)
 * @see https://github.com/cloudnativelabs/kube-router/tree/v2.6.3/pkg/controllers/netpol
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export const flowAssumptions: readonly string[] = [
  'The cluster has no NetworkPolicy other than those in these manifests: every additional policy can allow more connections.',
  'The network policy controller of k3s runs on every node (no --disable-network-policy) and uses iptables.',
  'A node, and every process on its host network, can connect to the pods on that node. Policies do not prevent this.',
  'Connections from the host network of a node to pods on other nodes come from its flannel interface, 10.42.N.0.',
  'A pod can have any address of the pod CIDR except those of the flannel interfaces, so an ipBlock that contains such an address allows every pod.',
  'Policies see addresses after NAT: the address of a pod instead of the address of its Service, and the address of a node with port 6443 instead of the address of the API server.',
  'A pod can connect to the NodePorts (30000-32767, TCP and UDP) of its own node. Policies do not prevent this.',
  'Responses to allowed connections are allowed. ICMP and protocols other than TCP, UDP and SCTP are not analysed.',
  'Policies apply to a new pod only some moments after the pod starts.',
  'A namespace has only the labels in its manifest and the label with its name; a pod has only the labels of its template.',
  'A namespace that has no workload and no policy in these manifests has no policies in the cluster.',
];
