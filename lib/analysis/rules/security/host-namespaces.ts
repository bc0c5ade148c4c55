import { pods } from '../parts';
import { rule } from '../rule';

export const hostNamespaces = rule({
  id: 'host-namespaces',
  sentence: 'No pod uses the network, process or IPC namespace of its node.',
  why: 'Such a pod sees the traffic or the processes of all other pods, and no NetworkPolicy applies to it.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  severity: 'critical',
  fix: 'Remove hostNetwork, hostPID and hostIPC.',
  parts: pods,
  faults: ({ spec }) =>
    (['hostNetwork', 'hostPID', 'hostIPC'] as const).map(
      (field) => spec[field] === true && { path: field, must: 'be false, or absent' },
    ),
});
