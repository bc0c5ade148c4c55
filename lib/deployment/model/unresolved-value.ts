import { formatPath, type Path } from '../../input/source';
import { isUnresolved } from '../config/schema/unresolved';

/** One value that only the operator can know. */
export interface UnresolvedValue {
  /** Where it belongs; a digest belongs to its image, whichever file states it. */
  readonly place: Path;
  /** The same as text, such as `images.web.tag`. */
  readonly path: string;
  /** The command that finds it out. */
  readonly find: string;
}

/** Every unresolved value below `value`, in its order of keys. */
export function listUnresolved(value: unknown, place: Path = []): UnresolvedValue[] {
  if (isUnresolved(value)) return [{ place, path: formatPath(place), find: value.unresolved }];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, child]) => listUnresolved(child, [...place, key]));
}
