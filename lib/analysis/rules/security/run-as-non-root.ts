import { containers } from '../parts';
import { rule } from '../rule';

export const runAsNonRoot = rule({
  id: 'run-as-non-root',
  sentence: 'No container runs as root.',
  why: 'Root in a container is root on the node once anything lets it out.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  severity: 'high',
  fix: 'Set runAsNonRoot: true in the security context of the pod, and a user above 0.',
  parts: containers,
  faults: ({ container, pod }) => {
    const own = container.securityContext ?? {};
    const shared = pod.spec.securityContext ?? {};
    const isStated = own.runAsNonRoot ?? shared.runAsNonRoot;
    return [
      isStated !== true && {
        path: 'securityContext.runAsNonRoot',
        found: `is ${isStated ?? 'missing'}, also of the pod`,
        must: 'be true',
      },
      (own.runAsUser ?? shared.runAsUser) === 0 && {
        path: 'securityContext.runAsUser',
        found: 'is 0, root',
        must: 'be above 0',
      },
    ];
  },
});
