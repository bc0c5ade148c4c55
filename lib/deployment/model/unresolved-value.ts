import { formatPath, type Path } from '../../input/source';
import { isUnresolved } from '../config/schema/unresolved';

/** One value that only the operator can know. */
export interface UnresolvedValue {
  /** The path of the value. A digest belongs to its image, although another file states it. */
  readonly place: Path;
  /** The path as text, such as `images.web.tag`. */
  readonly path: string;
  /** The command that finds it out. */
  readonly find: string;
}

/** All unresolved values below `value`, in the order of its keys. */
export function listUnresolved(value: unknown, place: Path = []): UnresolvedValue[] {
  if (isUnresolved(value)) return [{ place, path: formatPath(place), find: value.unresolved }];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, child]) => listUnresolved(child, [...place, key]));
}
