import { findPodSecurityFaults } from '../../../kubernetes/start/start-obstacles';
import { pods } from '../parts';
import { rule } from '../rule';

export const enforcedPodSecurity = rule({
  id: 'enforced-pod-security',
  sentence: 'The Pod Security level that a namespace enforces admits all of its pods.',
  why: 'The API server refuses pods that violate the level, so the workload exists without pods.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  severity: 'critical',
  fix: 'Change the pod template, or enforce a level that admits its pods.',
  rare: true,
  parts: pods,
  faults: (pod, manifests) => {
    if (pod.count.most === 0) return undefined;
    if (manifests.find('Namespace', '', pod.namespace) === undefined) return undefined;
    return findPodSecurityFaults(pod, manifests).map(({ path, reason }) => ({
      path: path.slice(pod.path.length + 1),
      found: `is not admitted: ${reason}`,
      must: 'be a pod that the enforced level admits',
    }));
  },
});
