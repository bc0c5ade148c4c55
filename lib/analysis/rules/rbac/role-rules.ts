import { roles } from '../parts';
import { rule } from '../rule';

export const roleRules = rule({
  id: 'role-rules',
  sentence: 'A rule of a role names verbs, and either resources with their groups or URLs.',
  why: 'The API server refuses the role.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole',
  severity: 'critical',
  refusedByServer: true,
  fix: 'State verbs, apiGroups and resources; the core group is "".',
  parts: roles,
  faults: ({ kind, rules = [] }) =>
    rules.flatMap(
      ({ verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] }, index) => {
        const path = `rules[${index}]`;
        const noVerbs = verbs.length === 0 && { path: `${path}.verbs`, must: 'name a verb' };
        if (nonResourceURLs.length > 0)
          return [
            noVerbs,
            kind === 'Role' && { path: `${path}.nonResourceURLs`, must: 'be in a ClusterRole' },
            apiGroups.length + resources.length + resourceNames.length > 0 && {
              path: `${path}.nonResourceURLs`,
              must: 'be in a rule of their own, without resources',
            },
          ];
        return [
          noVerbs,
          apiGroups.length === 0 && { path: `${path}.apiGroups`, must: 'name a group' },
          resources.length === 0 && { path: `${path}.resources`, must: 'name a resource' },
          resourceNames.length > 0 &&
            resources.length > 1 && { path: `${path}.resourceNames`, must: 'be of one resource' },
        ];
      },
    ),
});
