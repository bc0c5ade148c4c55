import { roles } from '../parts';
import { rule } from '../rule';

export const accessToSecrets = rule({
  id: 'access-to-secrets',
  sentence: 'No role grants access to Secrets, except get for named Secrets.',
  why: 'A subject that may list Secrets can read every password of the namespace.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets',
  severity: 'high',
  fix: 'Grant only get, and list the Secrets under resourceNames.',
  parts: roles,
  faults: ({ rules = [] }) =>
    rules.map(({ resources = [], verbs = [], resourceNames = [] }, index) => {
      const isNamed = resourceNames.length > 0 && verbs.every((verb) => verb === 'get');
      return (
        resources.includes('secrets') &&
        !isNamed && {
          path: `rules[${index}]`,
          found: 'grants access to Secrets',
          must: 'grant only get, with resourceNames',
        }
      );
    }),
});
