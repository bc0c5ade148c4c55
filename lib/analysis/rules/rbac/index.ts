import type { Rule } from '../rule';
import { accessToPods } from './access-to-pods';
import { accessToSecrets } from './access-to-secrets';
import { anonymousBindings } from './anonymous-bindings';
import { bindingSubjects } from './binding-subjects';
import { clusterAdminRoleBinding } from './cluster-admin-role-binding';
import { rbacPrivilegeEscalation } from './rbac-privilege-escalation';
import { roleRules } from './role-rules';
import { wildcardInRules } from './wildcard-in-rules';

export const rbacRules: readonly Rule[] = [
  bindingSubjects,
  wildcardInRules,
  accessToSecrets,
  rbacPrivilegeEscalation,
  accessToPods,
  clusterAdminRoleBinding,
  anonymousBindings,
  roleRules,
];
