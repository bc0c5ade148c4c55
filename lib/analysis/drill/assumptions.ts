/** Assumptions of a drill. A guarantee only holds together with them. */
export const drillAssumptions: readonly string[] = [
  'Before the failure, pods are where a first apply or rollouts with all nodes up have placed them; "after one was away and came back" covers other placements.',
  'A ready pod is scheduled and passes its probes. Whether its program works without a missing dependency is not analysed.',
  'Failures do not coincide, and each workload is shown in its own worst case: the worst cases need not occur together.',
  'Controllers, scheduler and kubelets run with the defaults of Kubernetes 1.34 and k3s, without another scheduler or webhooks.',
  'Nothing else runs in the cluster except for what k3s includes; disks are large enough, and no pod exceeds its limits.',
  'A lost node is gone or unreachable, with its address and its volumes; etcd elects a leader within seconds while most servers are left.',
  'Whether the provider can supply a server in place of a lost one is not known offline: a type may be out of stock for weeks.',
];
