import { formatPath, type Path } from '../../input/source';
import { isUnresolved } from '../config/schema/unresolved';

/** A value that only the person who runs the tool can find out. */
export interface UnresolvedValue {
  /**
   * The path of the value. The path of a digest is that of its image, although the digest is set in the lock
   * file.
   */
  readonly place: Path;
  /** The path as a string, such as `images.web.tag`. */
  readonly path: string;
  /** The command that shows the value. */
  readonly find: string;
}

/** All unresolved values in a part of the configuration, in the order of its keys. */
export function listUnresolved(value: unknown, place: Path = []): UnresolvedValue[] {
  if (isUnresolved(value)) return [{ place, path: formatPath(place), find: value.unresolved }];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, child]) => listUnresolved(child, [...place, key]));
}
