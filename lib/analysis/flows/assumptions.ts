/**
 * Assumptions about the cluster. A proof only holds together with them.
 *
 * @see https://docs.k3s.io/networking/networking-services (network policy controller)
 * @see https://github.com/cloudnativelabs/kube-router/tree/v2.6.3/pkg/controllers/netpol
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export const flowAssumptions: readonly string[] = [
  'Policies are additive: a policy in the cluster that is not in these documents allows more connections.',
  "k3s' network policy controller runs on every node (without --disable-network-policy), with iptables.",
  'A node can connect to the pods that run on it, whatever the policies allow, and so can all processes on its host network.',
  'Connections from the host network of a node to pods on other nodes come from its flannel interface, 10.42.N.0.',
  'A pod may have any other address of the pod CIDR: an ipBlock that contains one of them allows every pod.',
  'Policies see addresses after NAT: instead of a Service its pods, instead of the API server a node on port 6443.',
  'A pod can connect to the NodePorts (30000-32767, TCP and UDP) of its own node, whatever its policies allow.',
  'Responses to allowed connections are allowed. ICMP and protocols other than TCP, UDP and SCTP are not analysed.',
  'Policies apply to a new pod some moments after it starts.',
  'Namespaces have only their name and the labels in their documents; pods only the labels of their template.',
  'Policies of namespaces without a workload or policy in these documents are unknown: they count as none.',
];
