import type { NodeFile } from './node-setup';

const auditPolicyPath = '/etc/rancher/k3s/audit-policy.yaml';

/** Beside k3s' own logs. The files roll over below this size, and the oldest go. */
export const auditArguments: readonly string[] = [
  `audit-policy-file=${auditPolicyPath}`,
  'audit-log-path=/var/log/k3s/audit.log',
  'audit-log-maxage=30',
  'audit-log-maxbackup=10',
  'audit-log-maxsize=100',
];

/**
 * Who did what to which object, and never what is in it: a request's body holds Secrets. The components' own reading
 * and renewing is nine lines of ten, and says nothing.
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
