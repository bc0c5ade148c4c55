/**
 * The kubelet expands `$(NAME)` in an environment value to the value of the variable, and `$$` to one dollar sign.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
const token = /\$\$|\$\(([^)]*)\)/g;

/** The variables that a value refers to. */
export function expandedNames(value: string): string[] {
  return [...value.matchAll(token)].flatMap(([, name]) => name ?? []);
}

/** Escapes a text so that the kubelet expands it to the same text. */
export function escapeExpansion(text: string): string {
  // The kubelet keeps a dollar sign that is not part of "$$" or "$(".
  return text.replaceAll(/\$(?=\$|\()/g, () => '$$');
}
