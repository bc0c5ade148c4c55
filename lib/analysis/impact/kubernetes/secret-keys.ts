import { inNamespace } from '../../../kubernetes/objects/kubectl';
import type { Part } from '../../../kubernetes/part';
import type { Reference } from '../../../kubernetes/references/reference';
import type { ChangedObject, Objects } from './objects';

/**
 * What must exist before new pods can start: Secrets, and keys of Secrets, that the old pods did not read. An optional
 * one need not. Empty where there is nothing new.
 */
export function newSecretKeys({ before, after }: ChangedObject, base: Objects, head: Objects): string {
  const known = new Set(requiredSecrets(before, base).map(describeReading));
  const missing = requiredSecrets(after, head).filter(
    (each) =>
      !known.has(describeReading(each)) && head.manifests.references.targetOf(each.value) === undefined,
  );
  if (missing.length === 0) return '';
  const names = new Set(missing.map(describeReading));
  const secrets = new Set(missing.map(({ value }) => value.name));
  return `Before the apply, see that these are there, or no new pod starts: ${[...names].join('; ')} (kubectl describe secret ${[...secrets].join(' ')}${inNamespace(after)}).`;
}

function requiredSecrets(object: ChangedObject['after'], { manifests }: Objects): Part<Reference>[] {
  return manifests.references
    .from(object)
    .filter(({ value }) => value.kind === 'Secret' && !value.isOptional);
}

/** `Secret honeydue-secrets, key REDIS_PASSWORD`; without a key where the whole Secret is read. */
function describeReading({ value: { name, key, use } }: Part<Reference>): string {
  return `Secret ${name}${key === undefined || use === 'image pull' ? '' : `, key ${key}`}`;
}
