/**
 * A value that only the operator can know, stated with the way to find it. Its placeholder is visible in the
 * output, and a cluster refuses it. `honeydue unresolved` lists it, and `--strict` fails.
 */
export interface Unresolved {
  /** The command that finds the value. */
  readonly unresolved: string;
}

/** A value, or the marker that it is not known yet. */
export type Resolvable<T> = T | Unresolved;

/** Whether a value is not known yet. */
export function isUnresolved(value: unknown): value is Unresolved {
  return typeof value === 'object' && value !== null && 'unresolved' in value;
}
