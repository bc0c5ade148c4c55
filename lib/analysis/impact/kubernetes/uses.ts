import type { PodSpec } from '../../../../imports/kubernetes/kinds';
import { describeObject, type KubernetesObject } from '../../../documents/kubernetes';
import type { Objects } from './objects';

/** The annotation of an Ingress that names what a request passes before it reaches a Service. */
export const middlewaresAnnotation = 'traefik.ingress.kubernetes.io/router.middlewares';

/** What of an output names an object, and stops working or starting without it. */
export function usersOf(object: KubernetesObject, objects: Objects): string[] {
  const { name, namespace = 'default' } = object.metadata;
  const { manifests } = objects;
  const pods = (uses: (spec: PodSpec) => boolean) =>
    manifests.pods.of(namespace).flatMap((pod) => (uses(pod.spec) ? describeObject(pod.object) : []));
  switch (object.kind) {
    case 'ConfigMap':
      return pods((spec) => readsConfigMap(spec, name));
    case 'ServiceAccount':
      return pods(({ serviceAccountName }) => serviceAccountName === name);
    case 'PriorityClass':
      return manifests.pods.all.flatMap(({ spec, object: user }) =>
        spec.priorityClassName === name ? describeObject(user) : [],
      );
    case 'Service':
      return manifests.of('Ingress').flatMap(({ object: ingress, fields }) => {
        const backends = (fields.spec?.rules ?? []).flatMap(({ http }) => http?.paths ?? []);
        const isUsed = backends.some(({ backend }) => backend?.service?.name === name);
        return isUsed && (ingress.metadata.namespace ?? 'default') === namespace
          ? describeObject(ingress)
          : [];
      });
    case 'Middleware':
      return passing(name, namespace, objects).map(describeObject);
    case 'Secret':
      return manifests.of('Ingress').flatMap(({ object: ingress, fields }) => {
        const isServed = (fields.spec?.tls ?? []).some(({ secretName }) => secretName === name);
        return isServed && (ingress.metadata.namespace ?? 'default') === namespace
          ? describeObject(ingress)
          : [];
      });
    case 'Role':
    case 'ClusterRole':
      return manifests.all.flatMap((user) => {
        const { roleRef } = user as { roleRef?: { kind?: string; name?: string } };
        const isBound = roleRef?.kind === object.kind && roleRef.name === name;
        return isBound && (object.kind === 'ClusterRole' || user.metadata.namespace === namespace)
          ? describeObject(user)
          : [];
      });
    case 'StorageClass':
      return manifests
        .of('PersistentVolumeClaim')
        .flatMap(({ object: claim, fields }) =>
          fields.spec?.storageClassName === name ? describeObject(claim) : [],
        );
    case 'IngressClass':
      return manifests
        .of('Ingress')
        .flatMap(({ object: ingress, fields }) =>
          fields.spec?.ingressClassName === name ? describeObject(ingress) : [],
        );
    case 'CustomResourceDefinition':
      return manifests.all.flatMap((user) => (definedBy(object, user) ? describeObject(user) : []));
    default:
      return [];
  }
}

/** Whether an object is of the kind that a CustomResourceDefinition defines. */
export function definedBy({ spec }: KubernetesObject, object: KubernetesObject): boolean {
  const { group, names } = (spec ?? {}) as { group?: string; names?: { kind?: string } };
  return object.kind === names?.kind && object.apiVersion.startsWith(`${group}/`);
}

/** The Ingresses and IngressRoutes whose requests pass a middleware. */
export function passing(name: string, namespace: string, { manifests }: Objects): KubernetesObject[] {
  const annotated = manifests.of('Ingress').flatMap(({ object }) => {
    const named = object.metadata.annotations?.[middlewaresAnnotation] ?? '';
    return named.split(',').includes(`${namespace}-${name}@kubernetescrd`) ? [object] : [];
  });
  const routed = manifests.of('IngressRoute').flatMap(({ object, fields }) => {
    const own = object.metadata.namespace ?? 'default';
    const named = (fields.spec?.routes ?? []).flatMap(({ middlewares = [] }) => middlewares);
    return named.some((each) => each.name === name && (each.namespace ?? own) === namespace) ? [object] : [];
  });
  return [...annotated, ...routed];
}

/** @param key one key of it; without, any use of it counts */
export function readsConfigMap(
  { containers = [], initContainers = [], volumes = [] }: PodSpec,
  name: string,
  key?: string,
): boolean {
  return (
    [...initContainers, ...containers].some(
      ({ env = [], envFrom = [] }) =>
        env.some(({ valueFrom }) => {
          const ref = valueFrom?.configMapKeyRef;
          return ref?.name === name && ref.optional !== true && (key === undefined || ref.key === key);
        }) ||
        (key === undefined &&
          envFrom.some(({ configMapRef }) => configMapRef?.name === name && configMapRef.optional !== true)),
    ) ||
    volumes.some(
      ({ configMap }) =>
        configMap?.name === name &&
        configMap.optional !== true &&
        (key === undefined || (configMap.items ?? []).some((item) => item.key === key)),
    )
  );
}
