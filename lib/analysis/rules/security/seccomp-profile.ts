import { containers } from '../parts';
import { rule } from '../rule';

export const seccompProfile = rule({
  id: 'seccomp-profile',
  sentence: 'Every container has a seccomp profile.',
  why: 'Most kernel exploits use system calls that applications do not need and that a seccomp profile blocks.',
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
          found: `is ${type ?? 'missing'}, in the container and its pod`,
          must: 'be RuntimeDefault or Localhost',
        },
    ];
  },
});
