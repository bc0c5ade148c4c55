import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { kindOf } from '../objects/object-key';
import { valueAt } from '../path';
import { storedValue } from './stored-value';

/** A change of an object that the API server refuses. */
export interface RefusedChange {
  /** Path of the field, such as `spec.selector`. */
  readonly path: string;
  /** What the field must do, such as `not exceed the current value, 500`. @default stay unchanged */
  readonly limit?: string;
  /**
   * Whether a message must not print the value, because it is secret or too long. @default the value is
   * printed
   */
  readonly isHidden?: true;
}

/** An object before and after an apply. */
export interface ObjectUpdate {
  readonly before: KubernetesObject;
  readonly after: KubernetesObject;
}

/** The paths of the fields whose stored value an update changes. */
export function changedPaths(update: ObjectUpdate, paths: readonly string[]): string[] {
  return paths.filter((path) => isChanged(update, path));
}

function isChanged({ before, after }: ObjectUpdate, path: string): boolean {
  return !isSameStored(after, path, valueAt(before, path), valueAt(after, path));
}

/** Whether the API server stores two values of a field as the same value. */
export function isSameStored(
  object: KubernetesObject,
  path: string,
  before: Json | undefined,
  after: Json | undefined,
): boolean {
  const steps = path.split('.');
  const place = [steps.at(-2) ?? '', steps.at(-1) ?? ''] as const;
  const kind = kindOf(object);
  return storedValue(kind, place, before) === storedValue(kind, place, after);
}
