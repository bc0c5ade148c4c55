/**
 * How the kubelet expands a value of a container's environment: `$(NAME)` becomes the variable's value, and `$$` one
 * dollar sign.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
const token = /\$\$|\$\(([^)]*)\)/g;

/** The variables that a value refers to. */
export function expandedNames(value: string): string[] {
  return [...value.matchAll(token)].flatMap(([, name]) => name ?? []);
}

/** The value that the kubelet expands to this text. */
export function escapeExpansion(text: string): string {
  // Outside of "$$" and "$(" the kubelet keeps a dollar sign.
  return text.replaceAll(/\$(?=\$|\()/g, () => '$$');
}
