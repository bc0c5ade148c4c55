/** The path of a value in the secrets file, such as `kubernetes`, `honeydue-secrets`, `REDIS_PASSWORD`. */
export type SecretPath = readonly string[];

/** A value of the secrets file. It is never printed. */
export interface SecretLeaf {
  readonly path: SecretPath;
  readonly value: string;
}

/** `kubernetes.honeydue-apns-key["apns_auth_key.p8"]` */
export function formatSecretPath(path: SecretPath): string {
  return path
    .map((key, index) => (/^[\w-]+$/.test(key) ? `${index === 0 ? '' : '.'}${key}` : `["${key}"]`))
    .join('');
}

type SecretTree = Map<string, SecretTree | string>;

/** A tree of values as Maps, because an object would not keep the order of numeric keys. */
export function treeOf(leaves: readonly SecretLeaf[]): SecretTree {
  const tree: SecretTree = new Map();
  for (const { path, value } of leaves) {
    let map = tree;
    for (const key of path.slice(0, -1)) {
      const next = map.get(key);
      const child: SecretTree = next instanceof Map ? next : new Map();
      map.set(key, child);
      map = child;
    }
    map.set(path.at(-1) ?? '', value);
  }
  return tree;
}

/** Sorts values in the order of the file, where the values of one map follow each other. */
export function inFileOrder(leaves: readonly SecretLeaf[]): SecretLeaf[] {
  const flatten = (tree: SecretTree, path: SecretPath): SecretLeaf[] =>
    [...tree].flatMap(([key, value]) =>
      typeof value === 'string' ? [{ path: [...path, key], value }] : flatten(value, [...path, key]),
    );
  return flatten(treeOf(leaves), []);
}
