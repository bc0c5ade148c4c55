import type { KubernetesObject } from '../../documents/kubernetes';
import { namespaceOf } from '../kinds';
import { homeGroupOf } from '../objects/groups';
import type { Part } from '../part';

/** How an object uses another one that it names. */
export type Use =
  /** A container's variables: one key (`env`), or all (`envFrom`). Running containers keep what they read at their start. */
  | 'environment'
  /** Files of a pod. */
  | 'volume'
  /** The kubelet's credentials for a registry. */
  | 'image pull'
  /** Anything else that the object needs to work. */
  | 'field';

/** What an object names: another object, and of a ConfigMap or a Secret one key or the whole. */
export interface Reference {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly key: string | undefined;
  /** The object works without. */
  readonly isOptional: boolean;
  readonly use: Use;
  /** The keys whose content running containers keep as it was at their start: variables, and files mounted by subPath. */
  readonly keptKeys: 'every' | readonly string[];
}

/** A named object, as the fields of Kubernetes state it. */
export interface Named {
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
  readonly key?: string | undefined;
  readonly optional?: boolean | undefined;
  /** @default the group in which the API server serves the kind */
  readonly group?: string | undefined;
}

/** Uses whose empty name the API server refuses. Elsewhere, as in serviceAccountName, an empty name is an unset one. */
const named: readonly Use[] = ['environment', 'volume'];

/** One reference of an object; nothing where no name is stated. */
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

/** Of a certificate both keys are read. */
export function certificate(
  object: KubernetesObject,
  path: string,
  name: string | undefined,
): Part<Reference>[] {
  return ['tls.crt', 'tls.key'].flatMap((key) => reference(object, path, 'Secret', { name, key }));
}
