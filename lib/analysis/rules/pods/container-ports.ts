import { containers } from '../parts';
import { rule } from '../rule';

export const containerPorts = rule({
  id: 'container-ports',
  sentence: 'Every port is from 1 to 65535 and listed once. With hostNetwork, hostPort equals containerPort.',
  why: 'The API server refuses a pod with an invalid port, and an apply drops one of two entries with the same port.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Set the port that the program listens on.',
  parts: containers,
  faults: ({ container: { ports = [] }, pod }) => [
    // A hostPort of 0 means no hostPort.
    ...ports.flatMap(({ containerPort, hostPort = 0 }, index) => [
      !isPort(containerPort) && { path: `ports[${index}].containerPort`, must: 'be from 1 to 65535' },
      hostPort !== 0 && !isPort(hostPort) && { path: `ports[${index}].hostPort`, must: 'be from 1 to 65535' },
      pod.spec.hostNetwork === true &&
        hostPort !== 0 &&
        hostPort !== containerPort && {
          path: `ports[${index}].hostPort`,
          must: `be ${containerPort}, the value of containerPort, because hostNetwork is true`,
        },
    ]),
  ],
});

/** A port that is not an integer is valid here: the schema rule reports it. */
export function isPort(port = 0): boolean {
  return port >= 1 && port <= 65_535;
}
