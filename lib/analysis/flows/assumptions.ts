/**
 * What an analysis takes for granted about the cluster. Whoever reads a proof has to read these with it.
 *
 * @see https://docs.k3s.io/networking/networking-services (network policy controller)
 * @see https://github.com/cloudnativelabs/kube-router/tree/v2.6.3/pkg/controllers/netpol
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export const flowAssumptions: readonly string[] = [
  'Policies add up: one that lives in the cluster and is not in these documents widens what may connect.',
  "k3s' embedded network policy controller runs on every node (no --disable-network-policy), with iptables.",
  'A node reaches the pods that run on it whatever the policies say; so does all that runs on its host network.',
  'Towards pods of other nodes the host network of a node has the address of its flannel interface, 10.42.N.0.',
  'A pod may have any address of the pod CIDR but those: an ipBlock that holds one other lets every pod in.',
  'Policies see addresses after NAT: a Service is the pods behind it, the API server is a node on port 6443.',
  'A pod reaches ports 30000-32767 of its own node over TCP and UDP, where NodePorts are, whatever its policies say.',
  'Answers to what was let through are let through. ICMP and other protocols than TCP, UDP and SCTP are not judged.',
  'The policies of a new pod are enforced some moments after it starts.',
  'Namespaces have no labels but those in their documents and their name; pods no others than their template says.',
  'What isolates pods of namespaces without a workload or policy in these documents is not known: it counts as nothing.',
];
