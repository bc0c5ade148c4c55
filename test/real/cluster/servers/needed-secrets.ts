import type { Json, KubernetesObject } from '../../../../lib/documents/kubernetes';

/**
 * Secrets with every key that the pods of some objects read. What they hold is nothing, and no pod reads it.
 *
 * @param objects of one namespace
 */
export function neededSecrets(objects: readonly KubernetesObject[], namespace: string): KubernetesObject[] {
  const keys = new Map<string, Set<string>>();
  const need = (name: Json | undefined, key?: Json) => {
    if (typeof name !== 'string') return;
    const known = keys.get(name) ?? new Set();
    if (typeof key === 'string') known.add(key);
    keys.set(name, known);
  };
  const visit = (value: Json | undefined): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const { secretKeyRef, secretRef, secret } = value as Readonly<Record<string, Fields | undefined>>;
    need(secretKeyRef?.['name'], secretKeyRef?.['key']);
    need(secretRef?.['name']);
    need(secret?.['secretName']);
    for (const item of (secret?.['items'] as readonly Fields[] | undefined) ?? [])
      need(secret?.['secretName'], item['key']);
    Object.values(value).forEach(visit);
  };
  for (const object of objects) visit(object['spec']);
  return [...keys].map(([name, of]) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace },
    stringData: Object.fromEntries([...of].map((key) => [key, 'unknown'])),
  }));
}

type Fields = { readonly [field: string]: Json };
