import type { NodeFile } from './node-setup';

const auditPolicyPath = '/etc/rancher/k3s/audit-policy.yaml';

/** Next to k3s' own logs. A file is rotated at this size, and the oldest files are deleted. */
export const auditArguments: readonly string[] = [
  `audit-policy-file=${auditPolicyPath}`,
  'audit-log-path=/var/log/k3s/audit.log',
  'audit-log-maxage=30',
  'audit-log-maxbackup=10',
  'audit-log-maxsize=100',
];

/**
 * Records the user, the verb and the object of each request, never the body, which can contain Secrets. Reads
 * and lease renewals of the components are left out: they are nine of ten lines.
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
