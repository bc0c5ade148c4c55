import type { KubernetesObject } from '../../../documents/kubernetes';
import { describeObject, kindOf } from '../../../kubernetes/objects/object-key';
import type { Part } from '../../../kubernetes/part';
import type { Reference } from '../../../kubernetes/references/reference';
import type { Objects } from './objects';

/** Objects that refer to the given object, and do not work or start without it. */
export function usersOf(object: KubernetesObject, { manifests }: Objects): string[] {
  if (kindOf(object) === 'CustomResourceDefinition')
    return manifests.all.filter((user) => definedBy(object, user)).map(describeObject);
  return sourcesOf(manifests.references.to(object).filter(({ value }) => !value.isOptional));
}

/** The distinct objects that contain the references. */
export function sourcesOf(references: readonly Part<Reference>[]): string[] {
  return [...new Set(references.map(({ object }) => describeObject(object)))];
}

/** The claims that an object's pods mount. */
export function claimsOf(object: KubernetesObject, { manifests }: Objects): string[] {
  return manifests.references
    .from(object)
    .flatMap(({ value: { kind, use, name } }) =>
      kind === 'PersistentVolumeClaim' && use === 'volume' ? name : [],
    );
}

/** Whether an object is of the kind that a CustomResourceDefinition defines. */
function definedBy({ spec }: KubernetesObject, object: KubernetesObject): boolean {
  const { group, names } = (spec ?? {}) as { group?: string; names?: { kind?: string } };
  return object.kind === names?.kind && object.apiVersion.startsWith(`${group}/`);
}
