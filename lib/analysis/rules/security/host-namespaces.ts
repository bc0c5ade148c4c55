import { pods } from '../parts';
import { rule } from '../rule';

export const hostNamespaces = rule({
  id: 'host-namespaces',
  sentence: 'No pod uses the network, process or IPC namespace of its node.',
  why: 'With hostNetwork, a pod sees the traffic of its node, and no NetworkPolicy applies to it. With hostPID, it sees the processes of all pods of its node.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  severity: 'critical',
  fix: 'Remove hostNetwork, hostPID and hostIPC.',
  parts: pods,
  faults: ({ spec }) =>
    (['hostNetwork', 'hostPID', 'hostIPC'] as const).map(
      (field) => spec[field] === true && { path: field, must: 'be false, or absent' },
    ),
});
