import { containers } from '../parts';
import { rule } from '../rule';

export const containerPorts = rule({
  id: 'container-ports',
  sentence:
    "Ports are from 1 to 65535, each stated once; on the host's network hostPort equals containerPort.",
  why: 'The API server refuses the pod, or drops one of two equal ports on an apply.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports',
  severity: 'critical',
  refusedByServer: true,
  fix: 'State the port that the program listens on.',
  parts: containers,
  faults: ({ container: { ports = [] }, pod }) => [
    // A hostPort of 0 is none.
    ...ports.flatMap(({ containerPort, hostPort = 0 }, index) => [
      !isPort(containerPort) && { path: `ports[${index}].containerPort`, must: 'be from 1 to 65535' },
      hostPort !== 0 && !isPort(hostPort) && { path: `ports[${index}].hostPort`, must: 'be from 1 to 65535' },
      pod.spec.hostNetwork === true &&
        hostPort !== 0 &&
        hostPort !== containerPort && {
          path: `ports[${index}].hostPort`,
          must: `equal containerPort, ${containerPort}, on the host's network`,
        },
    ]),
  ],
});

/** A port that something can listen on; the schema has said that it is an integer. */
export function isPort(port = 0): boolean {
  return port >= 1 && port <= 65_535;
}
