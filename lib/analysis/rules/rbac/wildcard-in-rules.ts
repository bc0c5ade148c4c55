import { roles } from '../parts';
import { rule } from '../rule';

export const wildcardInRules = rule({
  id: 'wildcard-in-rules',
  sentence: 'Roles name what they grant.',
  why: 'A "*" grants also what is installed tomorrow.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege',
  severity: 'high',
  fix: 'List the verbs, resources and groups.',
  parts: roles,
  faults: ({ rules = [] }) =>
    rules.flatMap((granted, index) =>
      (['verbs', 'resources', 'apiGroups', 'nonResourceURLs'] as const).map(
        (field) =>
          granted[field]?.includes('*') && { path: `rules[${index}].${field}`, must: 'be without "*"' },
      ),
    ),
});
