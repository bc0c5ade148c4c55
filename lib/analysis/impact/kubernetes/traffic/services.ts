import type { ServiceSpec } from '../../../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../../../documents/kubernetes';
import { describeObject, kindOf } from '../../../../kubernetes/objects/object-key';
import { targetPortOf } from '../../../../kubernetes/workloads/target-port';
import type { Consequence } from '../../consequence';
import type { ObjectChanges, Objects } from '../objects';

/** Services that select other pods than before, or lose a port. */
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
              reason: `The Service reaches ${list(reaches)} instead of ${list(reached)}.`,
              wayOut: '',
            },
          ]),
      ...(gone.length === 0
        ? []
        : [
            {
              ...{ ...shared, field: 'spec.ports' },
              reason: `The Service no longer answers on ${gone.join(', ')}${ports.length === 0 ? '' : `, but on ${ports.join(', ')}`}.`,
              wayOut: 'Keep the old port and add the new one until all clients have moved.',
            },
          ]),
      ...targets(old, now).map((reason) => ({
        ...{ ...shared, field: 'spec.ports' },
        reason,
        wayOut: 'Give the container port a name, and use the name as targetPort.',
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

/** Pods that no output defines, such as the pods of a Helm chart. */
function elsewhere(before: ServiceSpec, after: ServiceSpec, reached: readonly string[]): string[] {
  const text = ({ selector = {} }: ServiceSpec) =>
    Object.entries(selector)
      .map(([key, value]) => `${key}=${value}`)
      .sort()
      .join(', ');
  if (reached.length > 0 || text(before) === text(after)) return [];
  return [
    `The Service selects pods with ${text(after) || 'no label'} instead of ${text(before) || 'no label'}, but no manifest before or after the change defines pods with these labels: the new endpoints are unknown here.`,
  ];
}

/** Ports whose target changes at once, while the running pods still listen on the old one. */
function targets(before: ServiceSpec, after: ServiceSpec): string[] {
  const targetOf = (spec: ServiceSpec) =>
    new Map(portPairs(spec).map(([port, servicePort]) => [port, targetPortOf(servicePort)]));
  const [old, now] = [targetOf(before), targetOf(after)];
  return [...now].flatMap(([port, target]) => {
    const was = old.get(port);
    return was === undefined || was === target
      ? []
      : [
          `Port ${port} now targets ${target} instead of ${was}. The change applies at once, so old pods refuse connections until they are replaced.`,
        ];
  });
}

/** Node ports and load balancer addresses that close. */
function closedPorts(before: ServiceSpec, after: ServiceSpec): string[] {
  const isOpen = ({ type }: ServiceSpec) => type === 'NodePort' || type === 'LoadBalancer';
  if (!isOpen(before)) return [];
  if (!isOpen(after))
    return [
      `The Service is no longer of type ${before.type}: its ports on every node close${before.type === 'LoadBalancer' ? ', and the provider releases its address' : ''}.`,
    ];
  const nodePorts = (spec: ServiceSpec) =>
    new Map(portPairs(spec).map(([port, { nodePort }]) => [port, nodePort]));
  const now = nodePorts(after);
  return [...nodePorts(before)].flatMap(([port, old]) => {
    const next = now.get(port);
    return old === undefined || next === undefined || next === old
      ? []
      : [`Port ${port} now has node port ${next} instead of ${old}.`];
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
  return names.length === 0 ? 'no pods' : names.join(', ');
}
