import { containers } from '../parts';
import { rule } from '../rule';

export const unsafeProcMount = rule({
  id: 'unsafe-proc-mount',
  sentence: 'No container has an unmasked /proc.',
  why: 'An unmasked /proc exposes kernel settings, some of them writable.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  severity: 'high',
  fix: 'Remove procMount.',
  parts: containers,
  faults: ({ container: { securityContext } }) => [
    (securityContext?.procMount ?? 'Default') !== 'Default' && {
      path: 'securityContext.procMount',
      must: 'be Default, or absent',
    },
  ],
});
