import { objectsOf } from '../parts';
import { rule } from '../rule';

export const pdbUnhealthyPodEvictionPolicy = rule({
  id: 'pdb-unhealthy-pod-eviction-policy',
  sentence: 'A PodDisruptionBudget allows the eviction of pods that are not ready.',
  why: 'By default a drain waits for broken pods to become ready, possibly forever.',
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
