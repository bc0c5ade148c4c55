import type { ServiceSpec } from '../../imports/kubernetes/kinds';
import { describeObject, type KubernetesObject } from '../documents/kubernetes';
import type { Consequence } from './consequence';
import type { ObjectChanges, Objects } from './objects';

/** Services whose name reaches other pods than before, or no longer on a port. */
export function services({ base, head, changed }: ObjectChanges): Consequence[] {
  return changed.flatMap(({ name, before, after }): Consequence[] => {
    if (after.kind !== 'Service') return [];
    const [old, now] = [specOf(before), specOf(after)];
    const shared = { class: 'cut off', side: 'kubernetes', object: name } as const;
    const [reached, reaches] = [podsBehind(before, base), podsBehind(after, head)];
    const ports = portsOf(now);
    const gone = portsOf(old).filter((port) => !ports.includes(port));
    return [
      ...(reached.join() === reaches.join()
        ? []
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
    ];
  });
}

function podsBehind(service: KubernetesObject, objects: Objects): string[] {
  const { selector } = specOf(service);
  if (selector === undefined) return [];
  return objects.manifests.pods
    .matching(service.metadata.namespace ?? 'default', { matchLabels: selector })
    .map(({ object }) => describeObject(object))
    .sort();
}

function portsOf({ ports = [] }: ServiceSpec): string[] {
  return ports.map(({ port, protocol = 'TCP' }) => `${port} ${protocol}`);
}

function specOf(service: KubernetesObject): ServiceSpec {
  return (service['spec'] ?? {}) as ServiceSpec;
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ');
}
