import { containers } from '../parts';
import { rule } from '../rule';

export const hostPorts = rule({
  id: 'host-ports',
  sentence: "No container takes a port of its node's.",
  why: 'It is reached past every Service and NetworkPolicy, and only one pod a node can have it.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  severity: 'high',
  fix: 'Remove hostPort, and reach the pod by a Service.',
  parts: containers,
  faults: ({ container: { ports = [] }, pod }) => {
    // On the host's network every port is one of the node, with hostPort or without: `host-namespaces` reports it.
    if (pod.spec.hostNetwork === true) return undefined;
    return ports.map(
      ({ hostPort = 0 }, index) => hostPort !== 0 && { path: `ports[${index}].hostPort`, must: 'be absent' },
    );
  },
});
