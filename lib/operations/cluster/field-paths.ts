import { itemKeyOf } from '../../analysis/impact/changes';
import type { Json, JsonMap, KubernetesObject } from '../../documents/kubernetes';
import { keyStep, pathOf } from '../../kubernetes/path';
import type { FieldSet, ManagedFieldsEntry } from './live-object';

/**
 * The paths of the fields that a manager owns, such as `spec.template.spec.containers[api].image`. Fields of list items
 * that the object no longer has are left out.
 */
export function ownedPaths(
  object: KubernetesObject,
  { fieldsV1 = {} }: Pick<ManagedFieldsEntry, 'fieldsV1'>,
): string[] {
  return pathsBelow(fieldsV1, object as unknown as Json, '');
}

function pathsBelow(fields: FieldSet, value: Json | undefined, path: string): string[] {
  const steps = Object.entries(fields).filter(([key]) => key !== '.');
  if (steps.length === 0) return [path];
  return steps.flatMap(([key, below]) => {
    const step = stepOf(key, value);
    return step === undefined
      ? []
      : pathsBelow(below, step.value, path === '' ? step.name : pathOf(path, step.name));
  });
}

interface FieldStep {
  readonly name: string;
  readonly value: Json | undefined;
}

/** Resolves a key of a FieldSet to a path step and the value below it; undefined if the value has no such item. */
function stepOf(key: string, value: Json | undefined): FieldStep | undefined {
  const text = key.slice(2);
  if (key.startsWith('f:'))
    return { name: keyStep(text).replace(/^\./, ''), value: (value as JsonMap | undefined)?.[text] };
  if (!Array.isArray(value)) return undefined;
  const items: readonly Json[] = value;
  const wanted = JSON.parse(text) as Json;
  const index = key.startsWith('k:')
    ? items.findIndex((item) => hasKeys(item, wanted as JsonMap))
    : items.indexOf(wanted);
  if (index === -1) return undefined;
  const item = items[index];
  const name = itemKeyOf(items);
  const step = name === undefined ? index : ((item as JsonMap)[name] as string);
  return { name: `[${step}]`, value: item };
}

function hasKeys(item: Json, keys: JsonMap): boolean {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return false;
  // A missing key counts as equal, because the item then has the default, such as protocol: TCP.
  return Object.entries(keys).every(([key, value]) => ((item as JsonMap)[key] ?? value) === value);
}

/** Whether a path is equal to another path or below it. */
export function isBelow(path: string, ancestor: string): boolean {
  return path === ancestor || (path.startsWith(ancestor) && '.['.includes(path.charAt(ancestor.length)));
}

/** The paths of all fields that a manifest sets, as if its field manager owned them. */
export function statedPaths(desired: KubernetesObject): string[] {
  return ownedPaths(desired, { fieldsV1: fieldsOf(desired as unknown as Json) });
}

function fieldsOf(value: Json | undefined): FieldSet {
  if (Array.isArray(value)) {
    // A list item is identified by all its scalar fields, so that no other item matches.
    const items = value.filter((item: Json) => typeof item === 'object' && item !== null);
    return Object.fromEntries(
      items.map((item: Json) => [`k:${JSON.stringify(scalarsOf(item))}`, fieldsOf(item)]),
    );
  }
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [`f:${key}`, fieldsOf(each)]));
}

function scalarsOf(item: Json): JsonMap {
  return Object.fromEntries(Object.entries(item as JsonMap).filter(([, each]) => typeof each !== 'object'));
}
