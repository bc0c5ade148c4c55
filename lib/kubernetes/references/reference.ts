import type { KubernetesObject } from '../../documents/kubernetes';
import { namespaceOf } from '../kinds';
import { homeGroupOf } from '../objects/groups';
import type { Part } from '../part';

/** How an object uses the target of a reference. */
export type Use =
  /**
   * Environment variables of a container, from one key (`env`) or from all keys (`envFrom`). A running
   * container keeps the values that it started with.
   */
  | 'environment'
  /** The object is mounted as files of a volume. */
  | 'volume'
  /** Registry credentials for image pulls. */
  | 'image pull'
  /** Another object that the object needs, such as a StorageClass. */
  | 'field';

/** A reference from one object to another. A reference to a ConfigMap or Secret names one key or all keys. */
export interface Reference {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly key: string | undefined;
  /** Whether the object also works if the target is missing. */
  readonly isOptional: boolean;
  readonly use: Use;
  /**
   * Keys whose values a running container keeps until it restarts: keys in environment variables, and keys in
   * files mounted by subPath.
   */
  readonly keptKeys: 'every' | readonly string[];
}

/** The fields that identify the target of a reference. */
export interface Named {
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
  readonly key?: string | undefined;
  readonly optional?: boolean | undefined;
  /** @default the built-in group of the kind */
  readonly group?: string | undefined;
}

/**
 * Uses for which the API server refuses an empty name. For all other uses, such as serviceAccountName, an
 * empty name means that the field is not set.
 */
const named: readonly Use[] = ['environment', 'volume'];

/** A list with one reference. An empty list if the field names no object. */
export function reference(
  object: KubernetesObject,
  path: string,
  kind: string,
  {
    name,
    namespace = namespaceOf(object),
    key,
    optional = false,
    group = homeGroupOf(kind) ?? '',
  }: Named = {},
  use: Use = 'field',
  keptKeys: Reference['keptKeys'] = use === 'environment' ? (key === undefined ? 'every' : [key]) : [],
): Part<Reference>[] {
  if (name === undefined || (name === '' && !named.includes(use))) return [];
  return [
    { object, path, value: { group, kind, namespace, name, key, isOptional: optional, use, keptKeys } },
  ];
}

/** References to both keys of a TLS Secret, the certificate and the private key. */
export function certificate(
  object: KubernetesObject,
  path: string,
  name: string | undefined,
): Part<Reference>[] {
  return ['tls.crt', 'tls.key'].flatMap((key) => reference(object, path, 'Secret', { name, key }));
}
