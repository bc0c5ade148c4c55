/** The keys that lead to a value of the secrets file, such as `kubernetes`, `honeydue-secrets`, `REDIS_PASSWORD`. */
export type SecretPath = readonly string[];

/** One value of the secrets file. Its value is printed nowhere. */
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

/** Values as maps, in their order, which a plain object would not keep. */
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

/** Values in the order of the file: those of one map stay together. */
export function inFileOrder(leaves: readonly SecretLeaf[]): SecretLeaf[] {
  const flatten = (tree: SecretTree, path: SecretPath): SecretLeaf[] =>
    [...tree].flatMap(([key, value]) =>
      typeof value === 'string' ? [{ path: [...path, key], value }] : flatten(value, [...path, key]),
    );
  return flatten(treeOf(leaves), []);
}
