const texts = new WeakMap<object, Map<string | number, string>>();

/** Remembers how a value is written in its file, where that is not how JSON writes it: `0755` for 493, `yes` for true. */
export function rememberText(parent: object, key: string | number, text: string): void {
  const known = texts.get(parent);
  if (known === undefined) texts.set(parent, new Map([[key, text]]));
  else known.set(key, text);
}

/** How a value of a map or a list is written in its file; undefined where nothing was remembered. */
export function textOf(parent: object, key: string | number): string | undefined {
  return texts.get(parent)?.get(key);
}
