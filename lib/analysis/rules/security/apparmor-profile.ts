import { containers } from '../parts';
import { rule } from '../rule';

export const apparmorProfile = rule({
  id: 'apparmor-profile',
  sentence: 'No container runs without an AppArmor profile.',
  why: 'An unconfined container may mount file systems and trace processes.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  severity: 'high',
  fix: 'Remove appArmorProfile, or set RuntimeDefault.',
  parts: containers,
  faults: ({ container, pod }) => {
    const type =
      container.securityContext?.appArmorProfile?.type ?? pod.spec.securityContext?.appArmorProfile?.type;
    const annotation = pod.annotations[`container.apparmor.security.beta.kubernetes.io/${container.name}`];
    return [
      (type === 'Unconfined' || annotation === 'unconfined') && {
        path: 'securityContext.appArmorProfile.type',
        found: 'is Unconfined, in the container or its pod',
        must: 'be RuntimeDefault or Localhost, or absent',
      },
    ];
  },
});
