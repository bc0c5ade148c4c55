import { bindings } from '../parts';
import { rule } from '../rule';

export const clusterAdminRoleBinding = rule({
  id: 'cluster-admin-role-binding',
  sentence: 'No binding refers to cluster-admin, admin or edit.',
  why: 'An attacker who takes over a workload with such a role controls the namespace or the cluster.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege',
  severity: 'critical',
  fix: 'Write a Role with only the permissions that are needed.',
  parts: bindings,
  faults: ({ roleRef }) => [
    roleRef?.kind === 'ClusterRole' &&
      ['cluster-admin', 'admin', 'edit'].includes(roleRef.name ?? '') && {
        path: 'roleRef.name',
        must: 'be a Role with fewer permissions',
      },
  ],
});
