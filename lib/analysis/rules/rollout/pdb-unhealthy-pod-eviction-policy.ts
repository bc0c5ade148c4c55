import { objectsOf } from '../parts';
import { rule } from '../rule';

export const pdbUnhealthyPodEvictionPolicy = rule({
  id: 'pdb-unhealthy-pod-eviction-policy',
  sentence: 'Pods that are not ready may always be evicted.',
  why: 'By default a budget guards broken pods too, and a drain waits for them for ever.',
  source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy',
  severity: 'medium',
  fix: 'Set unhealthyPodEvictionPolicy: AlwaysAllow.',
  parts: objectsOf('PodDisruptionBudget'),
  faults: ({ spec }) => [
    spec?.unhealthyPodEvictionPolicy !== 'AlwaysAllow' && {
      path: 'spec.unhealthyPodEvictionPolicy',
      must: 'be AlwaysAllow',
    },
  ],
});
