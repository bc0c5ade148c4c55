import { containers } from '../parts';
import { rule } from '../rule';

export const privilegeEscalation = rule({
  id: 'privilege-escalation',
  sentence: 'No process can gain more privileges than its parent process.',
  why: 'Otherwise a setuid program in the image can become root.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  severity: 'high',
  fix: 'Set allowPrivilegeEscalation: false in the security context of the container.',
  parts: containers,
  faults: ({ container: { securityContext } }) => [
    securityContext?.allowPrivilegeEscalation !== false && {
      path: 'securityContext.allowPrivilegeEscalation',
      must: 'be false',
    },
  ],
});
