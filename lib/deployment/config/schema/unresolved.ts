/**
 * A value that only the person who runs the cluster knows. The configuration says how to find it. The output
 * contains a placeholder, which the API server refuses. `honeydue unresolved` lists these values, and `synth
 * --strict` fails while there are any.
 */
export interface Unresolved {
  /** The command that shows the value. */
  readonly unresolved: string;
}

/** A value, or the marker that it is not known yet. */
export type Resolvable<T> = T | Unresolved;

/** Whether a value is not known yet. */
export function isUnresolved(value: unknown): value is Unresolved {
  return typeof value === 'object' && value !== null && 'unresolved' in value;
}
