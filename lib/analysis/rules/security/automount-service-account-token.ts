import { pods } from '../parts';
import { rule } from '../rule';

export const automountServiceAccountToken = rule({
  id: 'automount-service-account-token',
  sentence: "No pod gets its account's token unless somebody says so, on both the pod and the account.",
  why: 'The token speaks to the API server for whoever reads it from a pod that is taken over.',
  source:
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
  severity: 'medium',
  fix: 'Set automountServiceAccountToken: false on both.',
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
