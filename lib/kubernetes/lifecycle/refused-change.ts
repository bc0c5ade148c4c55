import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { kindOf } from '../objects/object-key';
import { valueAt } from '../path';
import { storedValue } from './stored-value';

/** A change of an object that the API server refuses. */
export interface RefusedChange {
  /** Such as `spec.selector`. */
  readonly path: string;
  /** What the field must do, such as `be at most 500, as before`. @default it must stay what it was */
  readonly limit?: string;
  /** It is a secret, or too long to be shown. @default the value may be shown */
  readonly isHidden?: true;
}

/** An object before and after an apply. */
export interface ObjectUpdate {
  readonly before: KubernetesObject;
  readonly after: KubernetesObject;
}

/** The paths whose stored value an update would change. */
export function changedPaths(update: ObjectUpdate, paths: readonly string[]): string[] {
  return paths.filter((path) => isChanged(update, path));
}

function isChanged({ before, after }: ObjectUpdate, path: string): boolean {
  return !isSameStored(after, path, valueAt(before, path), valueAt(after, path));
}

/** Whether two values of a field of an object are stored as the same one. */
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
