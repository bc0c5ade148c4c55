import type { KubernetesObject } from '../../../documents/kubernetes';
import { deleteCommand } from '../../../kubernetes/objects/kubectl';
import { describeObject, kindOf } from '../../../kubernetes/objects/object-key';
import type { Part } from '../../../kubernetes/part';
import { keyStep } from '../../../kubernetes/path';
import type { Reference } from '../../../kubernetes/references/reference';
import { dataKeysOf } from '../../../kubernetes/start/missing-objects';
import type { Consequence } from '../consequence';
import type { ObjectChanges, Objects } from './objects';
import { sourcesOf } from './uses';

/** Removed namespaces, removed Secrets that pods read, and removed keys of changed objects. */
export function lostObjects({ base, head, removed }: ObjectChanges): Consequence[] {
  return removed.flatMap((object): Consequence[] => {
    if (kindOf(object) === 'Namespace') return [lostNamespace(object, base)];
    if (kindOf(object) !== 'Secret') return [];
    const readers = sourcesOf(readingsOf(object, head));
    return readers.length === 0 ? [] : [lostSecret(object, readers)];
  });
}

/** Removed keys of ConfigMaps and Secrets that pods read. */
export function lostKeys({ changed, head }: ObjectChanges): Consequence[] {
  return changed.flatMap(({ name: object, before, after }) => {
    if (!['ConfigMap', 'Secret'].includes(kindOf(after))) return [];
    const kept = dataKeysOf(after);
    return [...dataKeysOf(before)].flatMap((key): Consequence[] => {
      if (kept.has(key)) return [];
      const readers = sourcesOf(
        readingsOf(after, head).filter(({ value }) => value.key === key && !value.isOptional),
      );
      if (readers.length === 0) return [];
      return [
        {
          ...{ class: 'fails', side: 'kubernetes', object, field: `data${keyStep(key)}` },
          reason: `The apply removes the key, but ${readers.join(', ')} read${readers.length === 1 ? 's' : ''} it. Running pods keep the value of the key; new pods do not start.`,
          wayOut: 'Keep the key until no pod reads it.',
        },
      ];
    });
  });
}

function lostNamespace(namespace: KubernetesObject, base: Objects): Consequence {
  const { name } = namespace.metadata;
  const objects = base.manifests.all.filter(({ metadata }) => metadata.namespace === name);
  return {
    ...{ class: 'lost', side: 'kubernetes', object: describeObject(namespace), field: '' },
    reason: `The namespace and its ${objects.length} objects are no longer in the manifests. An apply keeps the namespace unchanged. Deleting the namespace deletes all of its objects, including claims and Secrets.`,
    wayOut: `Move the objects of the namespace first, then: ${deleteCommand(namespace)}`,
  };
}

function lostSecret(secret: KubernetesObject, readers: readonly string[]): Consequence {
  return {
    ...{ class: 'lost', side: 'kubernetes', object: describeObject(secret), field: '' },
    reason: `The Secret is no longer in the manifests, but ${readers.join(', ')} read${readers.length === 1 ? 's' : ''} it. An apply keeps the Secret. If you delete it, new pods do not start.`,
    wayOut: 'Add the Secret to the manifests again, or first remove the references to it from the pods.',
  };
}

/** The references of an object's pods to ConfigMaps and Secrets. */
function readingsOf(object: KubernetesObject, { manifests }: Objects): Part<Reference>[] {
  return manifests.references.to(object).filter(({ value }) => value.use !== 'field');
}
