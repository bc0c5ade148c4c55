const texts = new WeakMap<object, Map<string | number, string>>();

/** Records how a file writes a value, if JSON would write the value differently: `0755` for 493, `yes` for true. */
export function rememberText(parent: object, key: string | number, text: string): void {
  const known = texts.get(parent);
  if (known === undefined) texts.set(parent, new Map([[key, text]]));
  else known.set(key, text);
}

/** How the file writes a value of a map or a list. Undefined if JSON would write the value in the same way. */
export function textOf(parent: object, key: string | number): string | undefined {
  return texts.get(parent)?.get(key);
}
