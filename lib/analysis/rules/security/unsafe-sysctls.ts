import { safeSysctls } from '../../../kubernetes/start/pod-security-allowed';
import { pods } from '../parts';
import { rule } from '../rule';

export const unsafeSysctls = rule({
  id: 'unsafe-sysctls',
  sentence: 'Pods set only safe sysctls.',
  why: 'An unsafe sysctl affects the whole node, and the kubelet refuses the pod.',
  source: 'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/#safe-and-unsafe-sysctls',
  severity: 'high',
  fix: 'Remove the sysctl.',
  parts: pods,
  faults: ({ spec: { securityContext } }) =>
    (securityContext?.sysctls ?? []).map(
      ({ name = '' }, index) =>
        !safeSysctls.includes(name) && {
          path: `securityContext.sysctls[${index}].name`,
          must: `be one of ${safeSysctls.join(', ')}`,
        },
    ),
});
