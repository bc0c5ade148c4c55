import { containers } from '../parts';
import { rule } from '../rule';

export const unsafeProcMount = rule({
  id: 'unsafe-proc-mount',
  sentence: 'What the runtime hides of /proc stays hidden.',
  why: 'An unmasked /proc shows and changes settings of the kernel.',
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
