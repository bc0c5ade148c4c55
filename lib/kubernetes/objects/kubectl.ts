import type { KubernetesObject } from '../../documents/kubernetes';
import { isBuiltInGroup, storedGroupOf } from './groups';
import { isClusterScoped } from './scope';

/**
 * The resource type for kubectl: `service`, or `service.serving.knative.dev`. A custom kind always gets its
 * group, because kubectl otherwise takes the first kind of that name in the cluster: Flux also has a
 * HelmChart, and Traefik had an IngressRoute in another group.
 */
export function resourceType({ apiVersion, kind }: KubernetesObject): string {
  const group = storedGroupOf(apiVersion, kind);
  return isBuiltInGroup(group) ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
}

/** `deployment/api` */
export function resourceOf(object: KubernetesObject): string {
  return `${resourceType(object)}/${object.metadata.name}`;
}

/**
 * The namespace option for kubectl, such as ` -n shop`. Empty for a cluster-scoped kind and for an object
 * without a namespace.
 */
export function inNamespace({ kind, metadata: { namespace } }: KubernetesObject): string {
  return namespace === undefined || isClusterScoped(kind) ? '' : ` -n ${namespace}`;
}

/** `kubectl delete service api -n shop` */
export function deleteCommand(object: KubernetesObject): string {
  return `kubectl delete ${resourceType(object)} ${object.metadata.name}${inNamespace(object)}`;
}
