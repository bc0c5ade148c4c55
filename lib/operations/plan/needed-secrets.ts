import type { KubernetesObject } from '../../documents/kubernetes';
import { Manifests } from '../../kubernetes/manifests';
import type { ClusterConnection } from '../cluster/connection';

/** A Secret, or keys of one, that manifests name and the cluster lacks. */
export interface MissingSecret {
  /** `shop/credentials` */
  readonly name: string;
  /** Undefined where the whole Secret is missing. */
  readonly keys: readonly string[] | undefined;
  /** The objects that need what is missing. */
  readonly neededBy: readonly string[];
}

interface NeededSecret {
  readonly namespace: string;
  readonly name: string;
  /** The keys that must be there, each with the objects that read it. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
  /** The objects that name the Secret. */
  readonly by: ReadonlySet<string>;
}

/** The Secrets that some objects name, and the keys that must be there. */
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

/** Compares what is named with what the cluster has; values are not kept. */
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
