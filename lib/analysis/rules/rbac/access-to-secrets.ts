import { roles } from '../parts';
import { rule } from '../rule';

export const accessToSecrets = rule({
  id: 'access-to-secrets',
  sentence: 'No role reads or writes Secrets, but by their names.',
  why: 'Listing Secrets is reading all of them, and with them every account and password.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets',
  severity: 'high',
  fix: 'Grant get on resourceNames.',
  parts: roles,
  faults: ({ rules = [] }) =>
    rules.map(({ resources = [], verbs = [], resourceNames = [] }, index) => {
      const isNamed = resourceNames.length > 0 && verbs.every((verb) => verb === 'get');
      return (
        resources.includes('secrets') &&
        !isNamed && {
          path: `rules[${index}]`,
          found: 'grants Secrets',
          must: 'grant only get on resourceNames',
        }
      );
    }),
});
