import { isDnsLabel } from '../../../kubernetes/names';
import { repeated } from '../../../kubernetes/repeated';
import { isTargetStated } from '../../../kubernetes/workloads/target-port';
import { objectsOf } from '../parts';
import { isPort } from '../pods/container-ports';
import { isPortName } from '../pods/port-names';
import { rule } from '../rule';

export const servicePorts = rule({
  id: 'service-ports',
  sentence: 'Every Service has at least one port. If it has several, their names and numbers are unique.',
  why: 'The API server refuses the Service.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Correct the port. If the Service has several ports, name each one after its use, such as http or metrics.',
  parts: objectsOf('Service'),
  faults: ({ spec: { ports = [], type, clusterIP } = {} }) => {
    if (type === 'ExternalName') return undefined;
    const named = ports.flatMap(({ name }, index) =>
      name === undefined ? [] : [{ key: name, path: `spec.ports[${index}].name` }],
    );
    return [
      ports.length === 0 && clusterIP !== 'None' && { path: 'spec.ports', must: 'have a port' },
      ...ports.flatMap(({ name, port, targetPort }, index) => [
        ports.length > 1 &&
          name === undefined && {
            path: `spec.ports[${index}].name`,
            must: 'be set, because the Service has several ports',
          },
        !isPort(port) && { path: `spec.ports[${index}].port`, must: 'be from 1 to 65535' },
        isTargetStated(targetPort) &&
          !(typeof targetPort === 'string' ? isPortName(targetPort) : isPort(targetPort)) && {
            path: `spec.ports[${index}].targetPort`,
            must: 'be from 1 to 65535, or the name of a port',
          },
      ]),
      ...named
        .filter(({ key }) => !isDnsLabel(key))
        .map(({ path }) => ({ path, must: 'be a DNS label: 1 to 63 characters of a-z, 0-9 and "-"' })),
      ...repeated(named).map(({ path, first }) => ({ path, must: `differ from ${first}` })),
      ...repeated(
        ports.map(({ port, protocol = 'TCP' }, index) => ({
          key: `${port}/${protocol}`,
          path: `spec.ports[${index}]`,
        })),
      ).map(({ path, first }) => ({ path, must: `differ from ${first} in port or protocol` })),
    ];
  },
});
