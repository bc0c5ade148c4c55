import { probes } from '../parts';
import { rule } from '../rule';

export const probePorts = rule({
  id: 'probe-ports',
  sentence: 'Probes ask a port that the container states.',
  why: 'A probe of a port where nobody listens restarts the container for ever.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=liveness-port',
  severity: 'high',
  fix: 'Name the port that the container listens on, and state it under ports.',
  parts: probes,
  faults: ({ probe: { httpGet, tcpSocket, grpc }, container: { ports = [] } }) => {
    const [handler, port] = httpGet
      ? ['httpGet', httpGet.port]
      : tcpSocket
        ? ['tcpSocket', tcpSocket.port]
        : ['grpc', grpc?.port];
    if (port === undefined) return undefined;
    const known = ports.flatMap(({ name, containerPort }) => [name, containerPort]);
    const names =
      ports.map(({ name, containerPort }) => name ?? containerPort).join(', ') || 'it states none';
    return [
      !known.includes(port as never) && {
        path: `${handler}.port`,
        must: `be a port of the container: ${names}`,
      },
    ];
  },
});
