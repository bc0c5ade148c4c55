import { probes } from '../parts';
import { rule } from '../rule';

export const probePorts = rule({
  id: 'probe-ports',
  sentence: 'A probe with a port name uses a port of its container.',
  why: 'The kubelet cannot resolve a name that the container does not list: the probe fails, and the container restarts again and again.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=liveness-port',
  severity: 'high',
  fix: 'Add the port to ports, or use its number.',
  parts: probes,
  faults: ({ probe: { httpGet, tcpSocket }, container: { ports = [] } }) => {
    const [handler, port] = httpGet ? ['httpGet', httpGet.port] : ['tcpSocket', tcpSocket?.port];
    // A probe may use a port number that is not listed.
    if (typeof port !== 'string') return undefined;
    const names = ports.flatMap(({ name }) => name ?? []);
    return [
      !names.includes(port) && {
        path: `${handler}.port`,
        must: `be a number, or the name of a port of the container: ${names.join(', ') || 'no port has a name'}`,
      },
    ];
  },
});
