import type { KubernetesObject } from '../../documents/kubernetes';
import { namespaceOf } from '../kinds';
import { homeGroupOf, storedGroupOf } from './groups';
import { isClusterScoped } from './scope';

/**
 * The kind as analyses name it: `Service` for a built-in kind, `Service.serving.knative.dev` for a custom
 * kind with the name of a built-in kind.
 */
export function kindOf({ apiVersion, kind }: KubernetesObject): string {
  const home = homeGroupOf(kind);
  const group = storedGroupOf(apiVersion, kind);
  return home === undefined || group === home ? kind : `${kind}.${group}`;
}

/**
 * The name of an object in messages: `Deployment shop/api`, `Namespace shop`, `NetworkPolicy.projectcalico.org
 * shop/deny`.
 */
export function describeObject(object: KubernetesObject): string {
  const { namespace, name } = object.metadata;
  return `${kindOf(object)} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/**
 * The identity of an object in the API server: group, kind, namespace and name, without the version.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export function objectKey(object: KubernetesObject): string {
  const { apiVersion, kind, metadata } = object;
  return keyOf(storedGroupOf(apiVersion, kind), kind, namespaceOf(object), metadata.name);
}

/** The same identity from its parts. For a cluster-scoped kind the namespace is ignored. */
export function keyOf(group: string, kind: string, namespace: string, name: string): string {
  const isScoped = isClusterScoped(kind) && group === homeGroupOf(kind);
  return `${group}\n${kind}\n${isScoped ? '' : namespace}\n${name}`;
}
