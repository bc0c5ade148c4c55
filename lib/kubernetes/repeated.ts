/** A value that must be its own, and where it stands. */
export interface Keyed {
  readonly key: string;
  readonly path: string;
}

/** Those whose key an earlier one has, with the path of the first. */
export function repeated(values: readonly Keyed[]): { readonly path: string; readonly first: string }[] {
  const firsts = new Map<string, string>();
  return values.flatMap(({ key, path }) => {
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, path);
    return first === undefined ? [] : [{ path, first }];
  });
}
