import { pods } from '../parts';
import { rule } from '../rule';

export const dedicatedServiceAccount = rule({
  id: 'dedicated-service-account',
  sentence: 'Every pod has a dedicated ServiceAccount that these manifests define.',
  why: 'Permissions of the default account apply to all pods without a ServiceAccount. If the ServiceAccount of a pod does not exist, the API server refuses the pod.',
  source: 'https://kubernetes.io/docs/concepts/security/service-accounts/',
  severity: 'medium',
  fix: 'Add a ServiceAccount, and set serviceAccountName.',
  parts: pods,
  faults: ({ namespace, spec: { serviceAccountName = '' } }, manifests) => {
    if (['', 'default'].includes(serviceAccountName)) {
      return [{ path: 'serviceAccountName', must: 'be an account other than default' }];
    }
    const exists = manifests.find('ServiceAccount', namespace, serviceAccountName) !== undefined;
    return [
      !exists && { path: 'serviceAccountName', must: `be a ServiceAccount of the namespace ${namespace}` },
    ];
  },
});
