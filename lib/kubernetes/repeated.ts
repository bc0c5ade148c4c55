/** A value that must be unique, and its path. */
export interface Keyed {
  readonly key: string;
  readonly path: string;
}

/** The values whose key an earlier value has, each with the path of the first value with that key. */
export function repeated(values: readonly Keyed[]): { readonly path: string; readonly first: string }[] {
  const firsts = new Map<string, string>();
  return values.flatMap(({ key, path }) => {
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, path);
    return first === undefined ? [] : [{ path, first }];
  });
}
