import type { Rule } from '../rule';
import { anonymousBindings } from './anonymous-bindings';
import { bindingSubjects } from './binding-subjects';
import { clusterAdminBindings } from './cluster-admin-bindings';
import { rbacEscalation } from './rbac-escalation';
import { rbacPods } from './rbac-pods';
import { rbacSecrets } from './rbac-secrets';
import { rbacWildcards } from './rbac-wildcards';
import { roleRules } from './role-rules';

export const rbacRules: readonly Rule[] = [
  bindingSubjects,
  rbacWildcards,
  rbacSecrets,
  rbacEscalation,
  rbacPods,
  clusterAdminBindings,
  anonymousBindings,
  roleRules,
];
