import { roles } from '../parts';
import { rule } from '../rule';

export const roleRules = rule({
  id: 'role-rules',
  sentence: 'Every rule of a role has verbs, and either apiGroups with resources or nonResourceURLs.',
  why: 'The API server refuses the role.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Set verbs, apiGroups and resources. The core group is "".',
  parts: roles,
  faults: ({ kind, rules = [] }) =>
    rules.flatMap(
      ({ verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] }, index) => {
        const path = `rules[${index}]`;
        const noVerbs = verbs.length === 0 && { path: `${path}.verbs`, must: 'have a verb' };
        if (nonResourceURLs.length > 0)
          return [
            noVerbs,
            kind === 'Role' && { path: `${path}.nonResourceURLs`, must: 'be in a ClusterRole' },
            apiGroups.length + resources.length + resourceNames.length > 0 && {
              path: `${path}.nonResourceURLs`,
              must: 'be in a rule without resources',
            },
          ];
        return [
          noVerbs,
          apiGroups.length === 0 && { path: `${path}.apiGroups`, must: 'have a group' },
          resources.length === 0 && { path: `${path}.resources`, must: 'have a resource' },
          resourceNames.length > 0 &&
            resources.length > 1 && {
              path: `${path}.resourceNames`,
              must: 'have one resource, because resourceNames is set',
            },
        ];
      },
    ),
});
