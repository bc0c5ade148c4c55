/** Assumptions of a drill. A guarantee is valid only under these assumptions. */
export const drillAssumptions: readonly string[] = [
  'Before the failure, pods run on the nodes that the scheduler chose during a first apply, or during rollouts with all nodes up. The failure "node-lost-again" covers other placements.',
  'A ready pod is scheduled and passes its probes. The drill does not analyse whether its program works while a dependency is down.',
  'Only one failure happens at a time. Each workload is shown in its own worst case; these worst cases may not occur together.',
  'Controllers, scheduler and kubelets run with the defaults of Kubernetes 1.34 and k3s, without another scheduler or webhooks.',
  'Only these manifests and the components of k3s run in the cluster. Disks are large enough, and no pod exceeds its limits.',
  'A lost node is destroyed or unreachable, together with its address and its volumes. etcd elects a leader within seconds if more than half of the servers are left.',
  'The drill does not know whether the provider can replace a lost server: a server type may be out of stock for weeks.',
];
