import { pods } from '../parts';
import { rule } from '../rule';

export const hostNamespaces = rule({
  id: 'host-namespaces',
  sentence: "No pod is on its node's network, or among its processes.",
  why: 'Such a pod sees the traffic and the processes of every other, and no NetworkPolicy holds it.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  severity: 'critical',
  fix: 'Remove hostNetwork, hostPID and hostIPC.',
  parts: pods,
  faults: ({ spec }) =>
    (['hostNetwork', 'hostPID', 'hostIPC'] as const).map(
      (field) => spec[field] === true && { path: field, must: 'be false, or absent' },
    ),
});
