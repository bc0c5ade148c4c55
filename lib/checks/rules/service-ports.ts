import { isDnsLabel } from '../../documents/names';
import { objectsOf } from '../parts';
import { repeated } from '../repeated';
import { rule } from '../rule';
import { isPort } from './container-ports';
import { isPortName } from './port-names';

export const servicePorts = rule({
  id: 'service-ports',
  sentence: 'A Service has ports; each of several has a name, and no two are the same.',
  why: 'The API server refuses the Service.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services',
  severity: 'critical',
  fix: 'Name each port after what it is for, as http and metrics are.',
  parts: objectsOf('Service'),
  faults: ({ spec: { ports = [], type, clusterIP } = {} }) => {
    if (type === 'ExternalName') return undefined;
    const named = ports.flatMap(({ name }, index) =>
      name === undefined ? [] : [{ key: name, path: `spec.ports[${index}].name` }],
    );
    return [
      ports.length === 0 && clusterIP !== 'None' && { path: 'spec.ports', must: 'name a port' },
      ...ports.flatMap(({ name, port, targetPort }, index) => [
        ports.length > 1 &&
          name === undefined && {
            path: `spec.ports[${index}].name`,
            must: 'be stated where there are several ports',
          },
        !isPort(port) && { path: `spec.ports[${index}].port`, must: 'be from 1 to 65535' },
        targetPort !== undefined &&
          !(typeof targetPort === 'string' ? isPortName(targetPort) : isPort(targetPort)) && {
            path: `spec.ports[${index}].targetPort`,
            must: 'be from 1 to 65535, or the name of a port',
          },
      ]),
      ...named
        .filter(({ key }) => !isDnsLabel(key))
        .map(({ path }) => ({ path, must: 'be a DNS label: 1 to 63 of a-z, 0-9 and "-"' })),
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
