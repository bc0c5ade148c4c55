import type { KubernetesObject } from '../../documents/kubernetes';
import { isKnownGroup, storedGroupOf } from './groups';
import { isClusterScoped } from './scope';

/**
 * A kind as kubectl takes it: `service`, or `service.serving.knative.dev`. A kind of a group that isn't known here always has
 * its group: alone, its name would mean the kind that the cluster lists first.
 */
export function resourceType({ apiVersion, kind }: KubernetesObject): string {
  const group = storedGroupOf(apiVersion, kind);
  return isKnownGroup(group) ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
}

/** `deployment/api` */
export function resourceOf(object: KubernetesObject): string {
  return `${resourceType(object)}/${object.metadata.name}`;
}

/** ` -n shop`; empty for an object that names no namespace or whose kind has none. */
export function inNamespace({ kind, metadata: { namespace } }: KubernetesObject): string {
  return namespace === undefined || isClusterScoped(kind) ? '' : ` -n ${namespace}`;
}

/** `kubectl delete service api -n honeydue` */
export function deleteCommand(object: KubernetesObject): string {
  return `kubectl delete ${resourceType(object)} ${object.metadata.name}${inNamespace(object)}`;
}
