import type { KubernetesObject } from '../../documents/kubernetes';
import { Manifests } from '../../kubernetes/manifests';
import type { ClusterConnection } from '../cluster/connection';

/** A Secret, or keys of one, that manifests name and the cluster lacks. */
export interface MissingSecret {
  /** `shop/credentials` */
  readonly name: string;
  /** Undefined where the whole Secret is missing. */
  readonly keys: readonly string[] | undefined;
  /** The objects that need it. */
  readonly neededBy: readonly string[];
}

interface NeededSecret {
  readonly namespace: string;
  readonly name: string;
  readonly keys: ReadonlySet<string>;
  readonly by: ReadonlySet<string>;
}

/** The Secrets that some objects name, and the keys that must be there. */
export function neededSecretsOf(objects: readonly KubernetesObject[]): NeededSecret[] {
  const own = new Set(
    objects.flatMap(({ kind, metadata }) =>
      kind === 'Secret' ? `${metadata.namespace}/${metadata.name}` : [],
    ),
  );
  const found = new Map<string, { namespace: string; name: string; keys: Set<string>; by: Set<string> }>();
  for (const { object, value } of new Manifests(objects).references.named('Secret')) {
    const id = `${value.namespace}/${value.name}`;
    if (value.isOptional || own.has(id)) continue;
    const known = found.get(id) ?? { ...value, keys: new Set<string>(), by: new Set<string>() };
    if (value.key !== undefined) known.keys.add(value.key);
    known.by.add(`${object.kind} ${object.metadata.name}`);
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
    const lacking = [...keys].filter((key) => !has.has(key));
    const id = { name: `${namespace}/${name}`, neededBy: [...by].sort() };
    if (secret === undefined) missing.push({ ...id, keys: undefined });
    else if (lacking.length > 0) missing.push({ ...id, keys: lacking.sort() });
  }
  return missing;
}
