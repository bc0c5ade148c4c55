import type { KubernetesObject } from './kubernetes';

/** The placeholder of an unresolved value. It is easy to see in a review, and no pod can start with it. */
export const placeholder = 'unresolved';

/**
 * An annotation of every object that contains an unresolved value. The key is deliberately invalid, so that the API
 * server refuses the object.
 */
export const unresolvedMark = 'UNRESOLVED: not to be applied';

/** Whether an object has an unresolved value. */
export function holdsUnresolved({ metadata }: KubernetesObject): boolean {
  return metadata.annotations !== undefined && unresolvedMark in metadata.annotations;
}
