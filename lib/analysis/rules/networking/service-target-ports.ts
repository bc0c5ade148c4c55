import type { ContainerPort } from '../../../../imports/kubernetes/kinds';
import { namespaceOf } from '../../../kubernetes/kinds';
import { targetPortOf } from '../../../kubernetes/workloads/target-port';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const serviceTargetPorts = rule({
  id: 'service-target-ports',
  sentence: 'The targetPort of a Service is a port that its pods list.',
  why: 'If no program in the pods listens on the target port, every connection is refused.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=invalid-target-ports',
  severity: 'high',
  fix: 'Set targetPort to the number or name of a container port.',
  parts: objectsOf('Service'),
  faults: ({ spec: { selector, clusterIP, ports = [] } = {} }, manifests, { object }) => {
    // A headless Service only resolves addresses; the client chooses the port.
    if (selector === undefined || clusterIP === 'None') return undefined;
    const pods = manifests.pods.matching(namespaceOf(object), { matchLabels: selector });
    return ports.map((servicePort, index) => {
      const { protocol = 'TCP' } = servicePort;
      const targetPort = targetPortOf(servicePort);
      const missing = pods.find(
        ({ spec }) =>
          !mayListenOn(
            [...(spec.initContainers ?? []), ...(spec.containers ?? [])].flatMap((each) => each.ports ?? []),
            targetPort,
            protocol,
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

/** A program may listen on any port number if its containers list no ports. A port name must always be listed. */
function mayListenOn(
  ports: readonly ContainerPort[],
  target: number | string | undefined,
  protocol: string,
): boolean {
  if (ports.length === 0 && typeof target === 'number') return true;
  return ports.some(
    (each) =>
      (each.name === target || each.containerPort === target) && (each.protocol ?? 'TCP') === protocol,
  );
}
