/**
 * A value that only the operator can know, stated with the way to find it. It is rendered so that a
 * reader sees it and a cluster refuses it, it is listed by every synth, and `--strict` ends with it.
 */
export interface Unresolved {
  /** The command that finds the value out. */
  readonly unresolved: string;
}

/** A value, or the statement that nobody knows it yet. */
export type Resolvable<T> = T | Unresolved;

/** Tells a value from the statement that it isn't known. */
export function isUnresolved(value: unknown): value is Unresolved {
  return typeof value === 'object' && value !== null && 'unresolved' in value;
}
