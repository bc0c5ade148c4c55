import type { KubernetesObject } from '../../documents/kubernetes';
import { Manifests } from '../../kubernetes/manifests';
import type { ClusterConnection } from '../cluster/connection';

/** A Secret that manifests reference and that the cluster does not have, or not with all keys. */
export interface MissingSecret {
  /** `shop/credentials` */
  readonly name: string;
  /** The missing keys; undefined if the whole Secret is missing. */
  readonly keys: readonly string[] | undefined;
  /** The objects that reference the missing Secret or keys. */
  readonly neededBy: readonly string[];
}

interface NeededSecret {
  readonly namespace: string;
  readonly name: string;
  /** The required keys, each with the objects that read it. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
  /** The objects that reference the Secret. */
  readonly by: ReadonlySet<string>;
}

/** The Secrets that some objects require, with the required keys. Optional references are left out. */
export function neededSecretsOf(objects: readonly KubernetesObject[]): NeededSecret[] {
  const own = new Set(
    objects.flatMap(({ kind, metadata }) =>
      kind === 'Secret' ? `${metadata.namespace}/${metadata.name}` : [],
    ),
  );
  const found = new Map<string, NeededSecret & { keys: Map<string, Set<string>>; by: Set<string> }>();
  for (const { object, value } of new Manifests(objects).references.named('Secret')) {
    const { namespace, name, key, isOptional } = value;
    const id = `${namespace}/${name}`;
    if (isOptional || own.has(id)) continue;
    const known = found.get(id) ?? { namespace, name, keys: new Map(), by: new Set() };
    const user = `${object.kind} ${object.metadata.name}`;
    known.by.add(user);
    if (key !== undefined) known.keys.set(key, (known.keys.get(key) ?? new Set()).add(user));
    found.set(id, known);
  }
  return [...found.values()];
}

/** Finds required Secrets and keys that the cluster does not have. Values of Secrets are not kept. */
export async function findMissingSecrets(
  { client }: Pick<ClusterConnection, 'client'>,
  objects: readonly KubernetesObject[],
): Promise<MissingSecret[]> {
  const missing: MissingSecret[] = [];
  for (const { namespace, name, keys, by } of neededSecretsOf(objects)) {
    const secret = await client.get<{ data?: object }>(`/api/v1/namespaces/${namespace}/secrets/${name}`);
    const has = new Set(Object.keys(secret?.data ?? {}));
    const lacking = [...keys].filter(([key]) => !has.has(key));
    const users = secret === undefined ? [...by] : lacking.flatMap(([, readers]) => [...readers]);
    const own = { name: `${namespace}/${name}`, neededBy: [...new Set(users)].sort() };
    if (secret === undefined) missing.push({ ...own, keys: undefined });
    else if (lacking.length > 0) missing.push({ ...own, keys: lacking.map(([key]) => key).sort() });
  }
  return missing;
}
