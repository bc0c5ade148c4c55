import { containers } from '../parts';
import { rule } from '../rule';

export const hostProcess = rule({
  id: 'host-process',
  sentence: 'No container is a Windows HostProcess container.',
  why: 'A HostProcess container runs as a process of the node, with the permissions of the node.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  severity: 'critical',
  fix: 'Remove windowsOptions.hostProcess.',
  parts: containers,
  faults: ({ container, pod }) => [
    (container.securityContext?.windowsOptions?.hostProcess ??
      pod.spec.securityContext?.windowsOptions?.hostProcess) === true && {
      path: 'securityContext.windowsOptions.hostProcess',
      found: 'is true, in the container or its pod',
      must: 'be false, or absent',
    },
  ],
});
