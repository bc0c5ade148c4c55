import { namespaceOf } from '../../../kubernetes/kinds';
import { targetPortOf } from '../../../kubernetes/workloads/target-port';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const serviceTargetPorts = rule({
  id: 'service-target-ports',
  sentence: 'A Service sends to ports that its pods state.',
  why: 'Where nobody listens every connection is refused.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=invalid-target-ports',
  severity: 'high',
  fix: "Make targetPort the container's port, or its name.",
  parts: objectsOf('Service'),
  faults: ({ spec: { selector, clusterIP, ports = [] } = {} }, manifests, { object }) => {
    // A headless Service gives addresses alone: who connects chooses the port.
    if (selector === undefined || clusterIP === 'None') return undefined;
    const pods = manifests.pods.matching(namespaceOf(object), { matchLabels: selector });
    return ports.map((servicePort, index) => {
      const { protocol = 'TCP' } = servicePort;
      const targetPort = targetPortOf(servicePort);
      const missing = pods.find(
        ({ spec }) =>
          ![...(spec.initContainers ?? []), ...(spec.containers ?? [])].some(({ ports: stated = [] }) =>
            stated.some(
              (each) =>
                (each.name === targetPort || each.containerPort === targetPort) &&
                (each.protocol ?? 'TCP') === protocol,
            ),
          ),
      );
      return (
        missing && {
          path: `spec.ports[${index}].targetPort`,
          found: `is ${targetPort} (${protocol})`,
          must: `be a port of the containers of ${missing.object.kind} ${missing.object.metadata.name}`,
        }
      );
    });
  },
});
