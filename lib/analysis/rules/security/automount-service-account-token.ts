import { pods } from '../parts';
import { rule } from '../rule';

export const automountServiceAccountToken = rule({
  id: 'automount-service-account-token',
  sentence: 'No pod mounts a ServiceAccount token, unless the mount is acknowledged.',
  why: 'An attacker who takes over the pod can use the token to call the API server.',
  source:
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
  severity: 'medium',
  fix: 'Set automountServiceAccountToken: false in the pod and in the ServiceAccount.',
  parts: pods,
  faults: ({ namespace, spec }, manifests) => {
    const account = manifests.find('ServiceAccount', namespace, spec.serviceAccountName ?? 'default');
    return [
      spec.automountServiceAccountToken !== false && {
        path: 'automountServiceAccountToken',
        must: 'be false',
      },
      account !== undefined &&
        account['automountServiceAccountToken'] !== false && {
          path: 'automountServiceAccountToken',
          object: account,
          must: 'be false',
        },
    ];
  },
});
