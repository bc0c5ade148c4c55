import { describeObject, type KubernetesObject } from '../../../documents/kubernetes';
import { keyStep } from '../../../kubernetes/path';
import type { Consequence } from '../consequence';
import { deleteCommand } from './left-behind';
import type { ObjectChanges, Objects } from './objects';
import { readsConfigMap } from './uses';

/** Namespaces, and Secrets that pods read, which nothing describes any more. */
export function lostObjects({ base, head, removed, changed }: ObjectChanges): Consequence[] {
  return [
    ...removed.flatMap((object): Consequence[] => {
      if (object.kind === 'Namespace') return [lostNamespace(object, base)];
      if (object.kind !== 'Secret') return [];
      const readers = readersOf(object, head);
      return readers.length === 0 ? [] : [lostSecret(object, readers)];
    }),
    ...changed.flatMap(({ name, before, after }) => {
      if (after.kind === 'ConfigMap') return missingKeys(name, before, after, head);
      if (after.kind !== 'Secret') return [];
      const gone = [...keysOf(before)].filter((key) => !keysOf(after).has(key));
      return gone.flatMap((key) => lostKey(name, key, readersOf(after, head, key)));
    }),
  ];
}

/** Keys of a ConfigMap that pods name and nothing gives them any more. */
function missingKeys(
  object: string,
  before: KubernetesObject,
  after: KubernetesObject,
  head: Objects,
): Consequence[] {
  const { name, namespace = 'default' } = after.metadata;
  return [...keysOf(before)]
    .filter((key) => !keysOf(after).has(key))
    .flatMap((key): Consequence[] => {
      const readers = head.manifests.pods
        .of(namespace)
        .filter(({ spec }) => readsConfigMap(spec, name, key))
        .map((pod) => describeObject(pod.object));
      if (readers.length === 0) return [];
      return [
        {
          ...{ class: 'fails', side: 'kubernetes', object, field: `data${keyStep(key)}` },
          reason: `The apply removes the key, and ${readers.join(', ')} read${readers.length === 1 ? 's' : ''} it: no new pod of theirs starts.`,
          wayOut: 'Keep the key until nothing reads it.',
        },
      ];
    });
}

function lostNamespace(namespace: KubernetesObject, base: Objects): Consequence {
  const { name } = namespace.metadata;
  const objects = base.manifests.all.filter(({ metadata }) => metadata.namespace === name);
  return {
    ...{ class: 'lost', side: 'kubernetes', object: describeObject(namespace), field: '' },
    reason: `The namespace is no longer described, and ${objects.length} objects in it. An apply leaves it as it is, running; deleting it deletes all of them, and every claim and Secret in it.`,
    wayOut: `Move what it holds first. Only then: ${deleteCommand(namespace)}`,
  };
}

function lostSecret(secret: KubernetesObject, readers: readonly string[]): Consequence {
  return {
    ...{ class: 'lost', side: 'kubernetes', object: describeObject(secret), field: '' },
    reason: `${readers.join(', ')} read it, and it is no longer described. An apply leaves it; once it is deleted, no new pod of theirs starts.`,
    wayOut: 'Describe it as before, or let nothing read it first.',
  };
}

function lostKey(object: string, key: string, readers: readonly string[]): Consequence[] {
  if (readers.length === 0) return [];
  return [
    {
      ...{ class: 'lost', side: 'kubernetes', object, field: `data.${key}` },
      reason: `The apply removes the key, and ${readers.join(', ')} read it: no new pod of theirs starts.`,
      wayOut: 'Keep the key until nothing reads it.',
    },
  ];
}

function keysOf(secret: KubernetesObject): Set<string> {
  return new Set(
    Object.keys({
      ...(secret['data'] as object),
      ...(secret['stringData'] as object),
      ...(secret['binaryData'] as object),
    }),
  );
}

/** The workloads whose pods read a Secret, or one key of it. */
function readersOf({ metadata }: KubernetesObject, objects: Objects, key?: string): string[] {
  return objects.manifests.pods
    .of(metadata.namespace ?? 'default')
    .filter(({ spec }) => {
      const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
      const isMounted = (spec.volumes ?? []).some(
        ({ secret }) =>
          secret?.secretName === metadata.name &&
          (key === undefined || (secret.items ?? []).some((item) => item.key === key)),
      );
      const isRead = containers.some(
        ({ env = [], envFrom = [] }) =>
          env.some(({ valueFrom }) => {
            const ref = valueFrom?.secretKeyRef;
            return ref?.name === metadata.name && (key === undefined || ref?.key === key);
          }) ||
          (key === undefined && envFrom.some(({ secretRef }) => secretRef?.name === metadata.name)),
      );
      const pulls = (spec.imagePullSecrets ?? []).some(({ name }) => name === metadata.name);
      return isMounted || isRead || (key === undefined && pulls);
    })
    .map(({ object }) => describeObject(object));
}
