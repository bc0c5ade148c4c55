import { roles } from '../parts';
import { rule } from '../rule';

export const wildcardInRules = rule({
  id: 'wildcard-in-rules',
  sentence: 'No rule of a role has a wildcard.',
  why: 'A "*" also grants access to resources that are installed later.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege',
  severity: 'high',
  fix: 'List the verbs, resources and groups.',
  parts: roles,
  faults: ({ rules = [] }) =>
    rules.flatMap((granted, index) =>
      (['verbs', 'resources', 'apiGroups', 'nonResourceURLs'] as const).map(
        (field) =>
          granted[field]?.includes('*') && { path: `rules[${index}].${field}`, must: 'not contain "*"' },
      ),
    ),
});
