/** What a drill takes for granted. Whoever reads a guarantee has to read these with it. */
export const drillAssumptions: readonly string[] = [
  'At rest, pods are where a first apply or rollouts with every node up have put them; "after one was away and came back" is the row for all else.',
  'A ready pod is one that the cluster has placed and whose probes succeed: what its program does without what it lacks, only the program knows.',
  'Each failure comes alone, and each workload is looked at in its own worst case: they need not all happen at once.',
  'The controllers, the scheduler and the kubelets run with the defaults of Kubernetes 1.34 and k3s; no other scheduler and no webhook interferes.',
  'Nothing runs beside these manifests and what k3s brings; disks are large enough, and no pod outgrows its limits.',
  'A node that is lost is gone or cut off, with its address and its volumes; etcd elects a leader within seconds while most servers are left.',
  'Whether the provider can sell a server in place of a lost one is not known offline: a type may be out of stock for weeks.',
];
