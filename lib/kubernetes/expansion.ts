/**
 * The kubelet expands `$(NAME)` in an environment value to the value of the variable, and `$$` to one dollar sign.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
const token = /\$\$|\$\(([^)]*)\)/g;

/** The names of the variables that a value refers to. */
export function expandedNames(value: string): string[] {
  return [...value.matchAll(token)].flatMap(([, name]) => name ?? []);
}

/** Escapes a string so that the kubelet's expansion returns the string unchanged. */
export function escapeExpansion(text: string): string {
  // A dollar sign outside of "$$" and "$(" needs no escape: the kubelet keeps the sign.
  return text.replaceAll(/\$(?=\$|\()/g, () => '$$');
}
