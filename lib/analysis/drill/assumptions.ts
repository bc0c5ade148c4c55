/** Assumptions of a drill. A guarantee is valid only if they are true. */
export const drillAssumptions: readonly string[] = [
  'Before the failure, pods are on the nodes where a first apply, or rollouts with all nodes up, placed them. The failure "node-lost-again" covers other placements.',
  'A ready pod is scheduled and passes its probes. Whether its program works without a missing dependency is not analysed.',
  'Only one failure happens at a time. Each workload is shown in its own worst case: the worst cases need not occur together.',
  'Controllers, scheduler and kubelets run with the defaults of Kubernetes 1.34 and k3s, without another scheduler or webhooks.',
  'Only these manifests and the components of k3s run in the cluster. Disks are large enough, and no pod exceeds its limits.',
  'A lost node is destroyed or unreachable, together with its address and its volumes. etcd elects a leader within seconds if most servers are left.',
  'It is not known offline whether the provider can replace a lost server: a server type may be out of stock for weeks.',
];
