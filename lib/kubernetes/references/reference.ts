import type { KubernetesObject } from '../../documents/kubernetes';
import { namespaceOf } from '../kinds';
import { homeGroupOf } from '../objects/groups';
import type { Part } from '../part';

/** How an object uses the target of a reference. */
export type Use =
  /**
   * Environment variables of a container: one key (`env`), or all (`envFrom`). Running containers keep the values of
   * their start.
   */
  | 'environment'
  /** Files of a pod. */
  | 'volume'
  /** Registry credentials of the kubelet. */
  | 'image pull'
  /** Another object that the object needs. */
  | 'field';

/** A reference to another object; for a ConfigMap or Secret, to one key or all of them. */
export interface Reference {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly key: string | undefined;
  /** Whether the object works without the target. */
  readonly isOptional: boolean;
  readonly use: Use;
  /** Keys whose values a running container keeps from its start: variables, and files mounted by subPath. */
  readonly keptKeys: 'every' | readonly string[];
}

/** The fields of Kubernetes that refer to an object. */
export interface Named {
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
  readonly key?: string | undefined;
  readonly optional?: boolean | undefined;
  /** @default the built-in group of the kind */
  readonly group?: string | undefined;
}

/**
 * Uses for which the API server refuses an empty name. For others, such as serviceAccountName, an empty name means
 * unset.
 */
const named: readonly Use[] = ['environment', 'volume'];

/** A reference of an object. Empty if no name is set. */
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

/** Both keys of a TLS Secret are read. */
export function certificate(
  object: KubernetesObject,
  path: string,
  name: string | undefined,
): Part<Reference>[] {
  return ['tls.crt', 'tls.key'].flatMap((key) => reference(object, path, 'Secret', { name, key }));
}
