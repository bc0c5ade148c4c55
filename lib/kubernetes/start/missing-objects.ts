import type { KubernetesObject } from '../../documents/kubernetes';
import type { Manifests } from '../manifests';
import { homeGroupOf } from '../objects/groups';
import { describeObject } from '../objects/object-key';
import type { Reference } from '../references/reference';
import type { Pod } from '../workloads/pods';
import type { ObstacleStage, StartObstacle } from './start-obstacle';

/**
 * By kind: the stage at which a pod fails if it refers to a missing object. Secrets are not listed, because they are
 * often created without a manifest.
 */
const stages: Readonly<Record<string, ObstacleStage>> = {
  ServiceAccount: 'refused',
  PriorityClass: 'refused',
  RuntimeClass: 'refused',
  PersistentVolumeClaim: 'unplaced',
  ConfigMap: 'unstarted',
};

/** Objects that every cluster or namespace has by default. */
const builtIn: Readonly<Record<string, readonly string[]>> = {
  ServiceAccount: ['default'],
  PriorityClass: ['system-cluster-critical', 'system-node-critical'],
  ConfigMap: ['kube-root-ca.crt'],
};

/**
 * Objects and keys that a pod refers to, but that the manifests do not define.
 *
 * @param existing other objects of the cluster, which an apply does not delete
 */
export function findMissingObjects(
  { object }: Pod,
  manifests: Manifests,
  existing: Manifests | undefined,
): StartObstacle[] {
  return manifests.references.from(object).flatMap(({ path, value }) => {
    if (value.isOptional || value.use === 'image pull') return [];
    const target = manifests.references.targetOf(value) ?? existing?.references.targetOf(value);
    if (target === undefined) return isMissing(value) ? [missingObject(path, value)] : [];
    return lacksKey(target, value) ? [missingKey(path, value, target)] : [];
  });
}

function isMissing({ kind, group, name }: Reference): boolean {
  return (
    stages[kind] !== undefined &&
    group === (homeGroupOf(kind) ?? '') &&
    builtIn[kind]?.includes(name) !== true
  );
}

function missingObject(path: string, { kind, namespace, name }: Reference): StartObstacle {
  const isNamespaced = !['PriorityClass', 'RuntimeClass'].includes(kind);
  const title = `${kind} ${isNamespaced ? `${namespace}/` : ''}${name}`;
  const where = isNamespaced ? ` -n ${namespace}` : '';
  return {
    stage: stages[kind] ?? 'unstarted',
    isUndescribed: true,
    key: `object ${title}`,
    path,
    reason: `the pod refers to ${title}, which no manifest defines`,
    wayOut: `Add ${title} to the manifests, or refer to an existing one. To see whether the cluster has it: kubectl get ${kind.toLowerCase()} ${name}${where}`,
  };
}

function lacksKey(target: KubernetesObject, { kind, key }: Reference): boolean {
  if (key === undefined || !['ConfigMap', 'Secret'].includes(kind)) return false;
  // The control plane adds the key `token` to a Secret of this type.
  if (target['type'] === 'kubernetes.io/service-account-token') return false;
  return !dataKeysOf(target).has(key);
}

function missingKey(
  path: string,
  { kind, namespace, name, key }: Reference,
  target: KubernetesObject,
): StartObstacle {
  return {
    stage: 'unstarted',
    key: `key ${kind} ${namespace}/${name} ${key}`,
    path,
    reason: `the pod reads the key ${key} of ${kind} ${name}, but the manifest of that ${kind} has no such key`,
    wayOut: `Add the key to ${describeObject(target)}, or read one of the keys in its manifest: ${[...dataKeysOf(target)].sort().join(', ') || '(none)'}.`,
  };
}

export function dataKeysOf(source: KubernetesObject): ReadonlySet<string> {
  return new Set(
    Object.keys({
      ...(source['data'] as object | undefined),
      ...(source['stringData'] as object | undefined),
      ...(source['binaryData'] as object | undefined),
    }),
  );
}
