import type { Kinds as CustomKinds } from '../../imports/crds/kinds';
import type { Kinds as KubernetesKinds } from '../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../documents/kubernetes';

type AllKinds = KubernetesKinds & CustomKinds;

export type Kind = keyof AllKinds;

export type ObjectOf<K extends Kind> = AllKinds[K];

type SpecOf<K extends Kind> = ObjectOf<K> extends { readonly spec?: infer S } ? NonNullable<S> : never;

/**
 * The spec of an object, typed by a kind that the caller has already checked. An empty object if the spec is
 * missing.
 */
export function specAs<K extends Kind>(_kind: K, object: KubernetesObject): SpecOf<K> {
  return (object['spec'] ?? {}) as unknown as SpecOf<K>;
}

/** An object, with its fields typed by its kind. */
export interface Typed<K extends Kind> {
  readonly object: KubernetesObject;
  readonly fields: ObjectOf<K>;
}

/** Kinds that create pods. */
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

/** The namespace of an object, or the one that `kubectl apply` uses by default. */
export function namespaceOf({ metadata }: KubernetesObject): string {
  return metadata.namespace ?? 'default';
}
