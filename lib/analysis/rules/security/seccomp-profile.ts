import { containers } from '../parts';
import { rule } from '../rule';

export const seccompProfile = rule({
  id: 'seccomp-profile',
  sentence: 'Every container may make only the system calls of a seccomp profile.',
  why: 'Most exploits of the kernel need a call that no application makes.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  severity: 'high',
  fix: 'Set seccompProfile: { type: RuntimeDefault } in the security context of the pod.',
  parts: containers,
  faults: ({ container, pod }) => {
    const type =
      container.securityContext?.seccompProfile?.type ?? pod.spec.securityContext?.seccompProfile?.type;
    return [
      type !== 'RuntimeDefault' &&
        type !== 'Localhost' && {
          path: 'securityContext.seccompProfile.type',
          found: `is ${type ?? 'missing'}, also of the pod`,
          must: 'be RuntimeDefault or Localhost',
        },
    ];
  },
});
