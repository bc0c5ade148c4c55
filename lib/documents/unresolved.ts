import type { KubernetesObject } from './kubernetes';

/** What stands for an unresolved value: readable in a review, and nothing a cluster could start a pod with. */
export const placeholder = 'unresolved';

/** The annotation of every object that holds an unresolved value. No annotation can have such a name. */
export const unresolvedMark = 'UNRESOLVED: not to be applied';

/** Whether an object holds a value that nobody knows yet. */
export function holdsUnresolved({ metadata }: KubernetesObject): boolean {
  return metadata.annotations !== undefined && unresolvedMark in metadata.annotations;
}
