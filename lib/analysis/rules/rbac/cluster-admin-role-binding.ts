import { bindings } from '../parts';
import { rule } from '../rule';

export const clusterAdminRoleBinding = rule({
  id: 'cluster-admin-role-binding',
  sentence: 'Nobody is bound to cluster-admin, admin or edit.',
  why: 'A workload with that role that is taken over takes the cluster with it.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege',
  severity: 'critical',
  fix: 'Write a Role of what is needed.',
  parts: bindings,
  faults: ({ roleRef }) => [
    roleRef?.kind === 'ClusterRole' &&
      ['cluster-admin', 'admin', 'edit'].includes(roleRef.name ?? '') && {
        path: 'roleRef.name',
        must: 'be a role of its own',
      },
  ],
});
