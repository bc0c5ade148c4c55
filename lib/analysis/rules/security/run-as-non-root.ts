import { containers } from '../parts';
import { rule } from '../rule';

export const runAsNonRoot = rule({
  id: 'run-as-non-root',
  sentence: 'No container runs as root.',
  why: 'A process that runs as root and escapes its container is root on the node.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  severity: 'high',
  fix: 'Set runAsNonRoot: true and a runAsUser above 0 in the security context of the pod.',
  parts: containers,
  faults: ({ container, pod }) => {
    const own = container.securityContext ?? {};
    const shared = pod.spec.securityContext ?? {};
    const isStated = own.runAsNonRoot ?? shared.runAsNonRoot;
    return [
      isStated !== true && {
        path: 'securityContext.runAsNonRoot',
        found: `is ${isStated ?? 'missing'}, in the container and its pod`,
        must: 'be true',
      },
      (own.runAsUser ?? shared.runAsUser) === 0 && {
        path: 'securityContext.runAsUser',
        found: 'is 0, which is root',
        must: 'be above 0',
      },
    ];
  },
});
