import { inNamespace } from '../../../kubernetes/objects/kubectl';
import type { Part } from '../../../kubernetes/part';
import { isBuiltIn } from '../../../kubernetes/references/built-in';
import type { Reference } from '../../../kubernetes/references/reference';
import type { ChangedObject, Objects } from './objects';

/**
 * A sentence about the Secrets, ConfigMaps and keys that new pods require and old pods did not read. Empty if there are
 * none.
 */
export function newRequiredData({ before, after }: ChangedObject, base: Objects, head: Objects): string {
  const known = new Set(requiredData(before, base).map(describeReading));
  const missing = requiredData(after, head).filter(
    (each) =>
      !known.has(describeReading(each)) &&
      !isBuiltIn(each.value) &&
      head.manifests.references.targetOf(each.value) === undefined,
  );
  if (missing.length === 0) return '';
  const readings = new Set(missing.map(describeReading));
  const commands = ['Secret', 'ConfigMap'].flatMap((kind) => {
    const names = new Set(missing.flatMap(({ value }) => (value.kind === kind ? value.name : [])));
    return names.size === 0
      ? []
      : `kubectl describe ${kind.toLowerCase()} ${[...names].join(' ')}${inNamespace(after)}`;
  });
  return `Before the apply, check that these exist; otherwise no new pod starts: ${[...readings].join('; ')} (${commands.join('; ')}).`;
}

function requiredData(object: ChangedObject['after'], { manifests }: Objects): Part<Reference>[] {
  return manifests.references
    .from(object)
    .filter(({ value }) => ['Secret', 'ConfigMap'].includes(value.kind) && !value.isOptional);
}

/** `Secret shop-secrets, key REDIS_PASSWORD`; without a key if the whole Secret is read. */
function describeReading({ value: { kind, name, key, use } }: Part<Reference>): string {
  return `${kind} ${name}${key === undefined || use === 'image pull' ? '' : `, key ${key}`}`;
}
