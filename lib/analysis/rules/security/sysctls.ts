import { pods } from '../parts';
import { rule } from '../rule';

/** Those that are the pod's own and can't disturb others. */
const safe = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
];

export const sysctls = rule({
  id: 'sysctls',
  sentence: 'Pods change no setting of the kernel that others feel.',
  why: 'Unsafe sysctls reach past the pod, and the kubelet refuses the pod.',
  source: 'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/#safe-and-unsafe-sysctls',
  severity: 'high',
  fix: 'Remove the sysctl.',
  parts: pods,
  faults: ({ spec: { securityContext } }) =>
    (securityContext?.sysctls ?? []).map(
      ({ name = '' }, index) =>
        !safe.includes(name) && {
          path: `securityContext.sysctls[${index}].name`,
          must: `be one of ${safe.join(', ')}`,
        },
    ),
});
