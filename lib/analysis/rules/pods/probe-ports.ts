import { probes } from '../parts';
import { rule } from '../rule';

export const probePorts = rule({
  id: 'probe-ports',
  sentence: 'A probe that names its port names one of the container.',
  why: 'The kubelet cannot resolve any other name: the probe fails, and the container restarts for ever.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=liveness-port',
  severity: 'high',
  fix: 'Name the port under ports, or probe its number.',
  parts: probes,
  faults: ({ probe: { httpGet, tcpSocket }, container: { ports = [] } }) => {
    const [handler, port] = httpGet ? ['httpGet', httpGet.port] : ['tcpSocket', tcpSocket?.port];
    // A number works whether or not ports lists it.
    if (typeof port !== 'string') return undefined;
    const names = ports.flatMap(({ name }) => name ?? []);
    return [
      !names.includes(port) && {
        path: `${handler}.port`,
        must: `be a number, or the name of a port of the container: ${names.join(', ') || 'no port has one'}`,
      },
    ];
  },
});
