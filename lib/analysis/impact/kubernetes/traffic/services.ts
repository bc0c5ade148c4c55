import type { ServiceSpec } from '../../../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../../../documents/kubernetes';
import { describeObject, kindOf } from '../../../../kubernetes/objects/object-key';
import { targetPortOf } from '../../../../kubernetes/workloads/target-port';
import type { Consequence } from '../../consequence';
import type { ObjectChanges, Objects } from '../objects';

/** Services whose name reaches other pods than before, or no longer on a port. */
export function services({ base, head, changed }: ObjectChanges): Consequence[] {
  return changed.flatMap(({ name, before, after }): Consequence[] => {
    if (kindOf(after) !== 'Service') return [];
    const [old, now] = [serviceSpecOf(before), serviceSpecOf(after)];
    const shared = { class: 'cut off', side: 'kubernetes', object: name } as const;
    const [reached, reaches] = [podsBehind(before, base), podsBehind(after, head)];
    const ports = portsOf(now);
    const gone = portsOf(old).filter((port) => !ports.includes(port));
    return [
      ...(reached.join() === reaches.join()
        ? elsewhere(old, now, reached).map((reason) => ({
            ...{ ...shared, field: 'spec.selector' },
            reason,
            wayOut: '',
          }))
        : [
            {
              ...{ ...shared, field: 'spec.selector' },
              reason: `It reaches ${list(reaches)} instead of ${list(reached)}.`,
              wayOut: '',
            },
          ]),
      ...(gone.length === 0
        ? []
        : [
            {
              ...{ ...shared, field: 'spec.ports' },
              reason: `It no longer answers on ${gone.join(', ')}${ports.length === 0 ? '' : `, but on ${ports.join(', ')}`}.`,
              wayOut: 'Keep the old port beside the new one until every client has moved.',
            },
          ]),
      ...targets(old, now).map((reason) => ({
        ...{ ...shared, field: 'spec.ports' },
        reason,
        wayOut: 'Give the port of the container a name, and the Service that name as targetPort.',
      })),
      ...closedPorts(old, now).map((reason) => ({
        ...{ ...shared, field: 'spec.type' },
        reason,
        wayOut: '',
      })),
    ];
  });
}

function podsBehind(service: KubernetesObject, objects: Objects): string[] {
  const { selector } = serviceSpecOf(service);
  if (selector === undefined) return [];
  return objects.manifests.pods
    .matching(service.metadata.namespace ?? 'default', { matchLabels: selector })
    .map(({ object }) => describeObject(object))
    .sort();
}

/** Pods that no output describes, as those of a chart. */
function elsewhere(before: ServiceSpec, after: ServiceSpec, reached: readonly string[]): string[] {
  const text = ({ selector = {} }: ServiceSpec) =>
    Object.entries(selector)
      .map(([key, value]) => `${key}=${value}`)
      .sort()
      .join(', ');
  if (reached.length > 0 || text(before) === text(after)) return [];
  return [
    `It selects pods of ${text(after) || 'no label'} instead of ${text(before) || 'no label'}, and neither output describes any: whom it reaches is not known here.`,
  ];
}

/** Ports that lead to others of the pods at once, while the pods that run still listen where they did. */
function targets(before: ServiceSpec, after: ServiceSpec): string[] {
  const targetOf = (spec: ServiceSpec) =>
    new Map(portPairs(spec).map(([port, servicePort]) => [port, targetPortOf(servicePort)]));
  const [old, now] = [targetOf(before), targetOf(after)];
  return [...now].flatMap(([port, target]) => {
    const was = old.get(port);
    return was === undefined || was === target
      ? []
      : [
          `${port} leads to ${target} instead of ${was} of the pods at once: until each pod that runs has been replaced by one that listens there, requests to it are refused.`,
        ];
  });
}

/** What answered on every node, or at an address of the provider, and no longer does. */
function closedPorts(before: ServiceSpec, after: ServiceSpec): string[] {
  const isOpen = ({ type }: ServiceSpec) => type === 'NodePort' || type === 'LoadBalancer';
  if (!isOpen(before)) return [];
  if (!isOpen(after))
    return [
      `It is no longer a ${before.type}: its ports on every node close${before.type === 'LoadBalancer' ? ', and the provider takes its address back' : ''}.`,
    ];
  const nodePorts = (spec: ServiceSpec) =>
    new Map(portPairs(spec).map(([port, { nodePort }]) => [port, nodePort]));
  const now = nodePorts(after);
  return [...nodePorts(before)].flatMap(([port, old]) => {
    const next = now.get(port);
    return old === undefined || next === undefined || next === old
      ? []
      : [`${port} is on port ${next} of every node instead of ${old}.`];
  });
}

function portPairs({ ports = [] }: ServiceSpec) {
  return ports.map((each) => [`${each.port} ${each.protocol ?? 'TCP'}`, each] as const);
}

function portsOf({ ports = [] }: ServiceSpec): string[] {
  return portPairs({ ports }).map(([port]) => port);
}

function serviceSpecOf(service: KubernetesObject): ServiceSpec {
  return (service['spec'] ?? {}) as ServiceSpec;
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ');
}
