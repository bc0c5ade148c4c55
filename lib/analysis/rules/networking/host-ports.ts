import { containers } from '../parts';
import { rule } from '../rule';

export const hostPorts = rule({
  id: 'host-ports',
  sentence: 'No container has a hostPort.',
  why: 'NetworkPolicies do not apply to a hostPort, and only one pod of each node can use it.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  severity: 'high',
  fix: 'Remove hostPort, and use a Service.',
  parts: containers,
  faults: ({ container: { ports = [] }, pod }) => {
    // With hostNetwork every container port is a host port; `host-namespaces` reports that.
    if (pod.spec.hostNetwork === true) return undefined;
    return ports.map(
      ({ hostPort = 0 }, index) => hostPort !== 0 && { path: `ports[${index}].hostPort`, must: 'be absent' },
    );
  },
});
