import type { NodeFile } from './node-setup';

const auditPolicyPath = '/etc/rancher/k3s/audit-policy.yaml';

/** The log is next to k3s' own logs. The API server rotates a file of this size, and deletes the oldest files. */
export const auditArguments: readonly string[] = [
  `audit-policy-file=${auditPolicyPath}`,
  'audit-log-path=/var/log/k3s/audit.log',
  'audit-log-maxage=30',
  'audit-log-maxbackup=10',
  'audit-log-maxsize=100',
];

/**
 * Records user, verb and object of each request, but not the body, which can contain Secrets. Reads and lease
 * renewals of Kubernetes' components are left out, because they are nine tenths of all requests.
 */
export const auditPolicy: NodeFile = {
  path: auditPolicyPath,
  mode: '0600',
  text: `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
  - level: None
    nonResourceURLs: ["/healthz*", "/livez*", "/readyz*", "/version", "/openapi/*"]
  - level: None
    resources:
      - group: ""
        resources: [events]
      - group: events.k8s.io
        resources: [events]
      - group: coordination.k8s.io
        resources: [leases]
  - level: None
    users:
      - system:apiserver
      - system:kube-controller-manager
      - system:kube-proxy
      - system:kube-scheduler
    verbs: [get, list, watch]
  - level: None
    userGroups: ["system:nodes"]
    verbs: [get, list, watch]
  - level: Metadata
`,
};
