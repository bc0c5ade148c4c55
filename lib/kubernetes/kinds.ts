import type { Kinds as CustomKinds } from '../../imports/crds/kinds';
import type { Kinds as KubernetesKinds } from '../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../documents/kubernetes';

type AllKinds = KubernetesKinds & CustomKinds;

/** A kind that has a schema. */
export type Kind = keyof AllKinds;

/** The fields of a kind, as a manifest may have them. */
export type ObjectOf<K extends Kind> = AllKinds[K];

/** The spec of a kind. */
type SpecOf<K extends Kind> = ObjectOf<K> extends { readonly spec?: infer S } ? NonNullable<S> : never;

/** An object's spec by the fields of a kind, which the caller has asked for; empty where it has none. */
export function specAs<K extends Kind>(_kind: K, object: KubernetesObject): SpecOf<K> {
  return (object['spec'] ?? {}) as unknown as SpecOf<K>;
}

/** An object, and the same by the fields of its kind. */
export interface Typed<K extends Kind> {
  readonly object: KubernetesObject;
  readonly fields: ObjectOf<K>;
}

/** The kinds whose objects make pods. */
export const podKinds = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'Pod',
] as const satisfies readonly Kind[];

/** Where `kubectl apply` puts an object that names no namespace. */
export function namespaceOf({ metadata }: KubernetesObject): string {
  return metadata.namespace ?? 'default';
}
