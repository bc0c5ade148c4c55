import { pods } from '../parts';
import { rule } from '../rule';

export const dedicatedServiceAccount = rule({
  id: 'dedicated-service-account',
  sentence: 'Pods run under a ServiceAccount of their own, which is among the documents.',
  why: 'What is granted to the default account is granted to everybody; one that is missing keeps pods from being made.',
  source: 'https://kubernetes.io/docs/concepts/security/service-accounts/',
  severity: 'medium',
  fix: 'Add a ServiceAccount, and name it as serviceAccountName.',
  parts: pods,
  faults: ({ namespace, spec: { serviceAccountName = '' } }, manifests) => {
    if (['', 'default'].includes(serviceAccountName)) {
      return [{ path: 'serviceAccountName', must: 'name an account other than default' }];
    }
    const exists = manifests.find('ServiceAccount', namespace, serviceAccountName) !== undefined;
    return [
      !exists && { path: 'serviceAccountName', must: `name a ServiceAccount of the namespace ${namespace}` },
    ];
  },
});
