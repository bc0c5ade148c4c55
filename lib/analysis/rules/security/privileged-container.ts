import { containers } from '../parts';
import { rule } from '../rule';

export const privilegedContainer = rule({
  id: 'privileged-container',
  sentence: 'No container is privileged.',
  why: 'A privileged container has root access to its node.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  severity: 'critical',
  fix: 'Remove privileged.',
  parts: containers,
  faults: ({ container: { securityContext } }) => [
    securityContext?.privileged === true && {
      path: 'securityContext.privileged',
      must: 'be false, or absent',
    },
  ],
});
