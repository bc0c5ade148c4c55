import type { KubernetesObject } from './kubernetes';

/** Placeholder of an unresolved value. It is readable in a review, and no pod can start with it. */
export const placeholder = 'unresolved';

/**
 * Annotation of every object that has an unresolved value. The key is invalid on purpose, so that the API server
 * refuses the object.
 */
export const unresolvedMark = 'UNRESOLVED: not to be applied';

/** Whether an object has an unresolved value. */
export function holdsUnresolved({ metadata }: KubernetesObject): boolean {
  return metadata.annotations !== undefined && unresolvedMark in metadata.annotations;
}
