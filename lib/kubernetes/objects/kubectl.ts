import type { KubernetesObject } from '../../documents/kubernetes';
import { isBuiltInGroup, storedGroupOf } from './groups';
import { isClusterScoped } from './scope';

/**
 * A kind as kubectl takes it: `service`, or `service.serving.knative.dev`. A kind that the API server does not serve by
 * itself always has its group: alone, it would mean the kind that the cluster lists first (HelmChart is also Flux's, IngressRoute
 * also that of Traefik's former group).
 */
export function resourceType({ apiVersion, kind }: KubernetesObject): string {
  const group = storedGroupOf(apiVersion, kind);
  return isBuiltInGroup(group) ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
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
