import type { Container, PodSpec, Volume } from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';
import type { Part } from '../part';
import { claimTemplateNames } from '../storage/claim-templates';
import type { Pod } from '../workloads/pods';
import { type Reference, reference } from './reference';

/** References in the pod spec of an object. */
export function referencesOfPod({ object, path, spec }: Pod): Part<Reference>[] {
  const { initContainers = [], containers = [], volumes = [], imagePullSecrets = [] } = spec;
  const replaced = claimTemplateNames(object);
  return [
    ...initContainers.flatMap((each, index) => ofContainer(object, `${path}.initContainers[${index}]`, each)),
    ...containers.flatMap((each, index) => ofContainer(object, `${path}.containers[${index}]`, each)),
    ...imagePullSecrets.flatMap(({ name }, index) =>
      reference(
        object,
        `${path}.imagePullSecrets[${index}]`,
        'Secret',
        { name, key: '.dockerconfigjson' },
        'image pull',
      ),
    ),
    ...volumes.flatMap((each, index) =>
      replaced.includes(each.name ?? '')
        ? []
        : ofVolume(object, `${path}.volumes[${index}]`, each, subPathsOf(spec, each.name)),
    ),
    ...reference(object, `${path}.serviceAccountName`, 'ServiceAccount', { name: spec.serviceAccountName }),
    ...reference(object, `${path}.priorityClassName`, 'PriorityClass', { name: spec.priorityClassName }),
    ...reference(object, `${path}.runtimeClassName`, 'RuntimeClass', { name: spec.runtimeClassName }),
  ];
}

function ofContainer(
  object: KubernetesObject,
  path: string,
  { env = [], envFrom = [] }: Container,
): Part<Reference>[] {
  return [
    ...envFrom.flatMap(({ configMapRef, secretRef }, index) => [
      ...reference(
        object,
        `${path}.envFrom[${index}].configMapRef`,
        'ConfigMap',
        configMapRef,
        'environment',
      ),
      ...reference(object, `${path}.envFrom[${index}].secretRef`, 'Secret', secretRef, 'environment'),
    ]),
    ...env.flatMap(({ valueFrom: { configMapKeyRef, secretKeyRef } = {} }, index) => {
      const place = `${path}.env[${index}].valueFrom`;
      return [
        ...reference(object, `${place}.configMapKeyRef`, 'ConfigMap', configMapKeyRef, 'environment'),
        ...reference(object, `${place}.secretKeyRef`, 'Secret', secretKeyRef, 'environment'),
      ];
    }),
  ];
}

/**
 * Parts of a volume that containers mount by subPath. The kubelet updates the files of a mounted volume, but
 * not the files of a subPath mount.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically
 */
function subPathsOf({ initContainers = [], containers = [] }: PodSpec, volume = ''): SubPaths {
  const mounts = [...initContainers, ...containers]
    .flatMap(({ volumeMounts = [] }) => volumeMounts)
    .filter(({ name }) => name === volume);
  // The kubelet resolves subPathExpr when the container starts, so the mount may contain any part of the
  // volume.
  if (mounts.some(({ subPathExpr }) => subPathExpr !== undefined)) return 'every';
  return mounts.flatMap(({ subPath = '' }) => (subPath === '' ? [] : subPath.replace(/\/+$/, '')));
}

type SubPaths = Reference['keptKeys'];

/** The files of a volume: all keys of the ConfigMap or Secret, or the listed items. */
interface Files {
  readonly name?: string;
  readonly optional?: boolean;
  readonly items?: readonly { readonly key?: string; readonly path?: string }[];
}

function ofVolume(
  object: KubernetesObject,
  path: string,
  { configMap, secret, projected, persistentVolumeClaim, csi, flexVolume }: Volume,
  subPaths: SubPaths,
): Part<Reference>[] {
  const keptOf = (key = '', file = key): SubPaths =>
    subPaths === 'every' || subPaths.some((each) => file === each || file.startsWith(`${each}/`))
      ? [key]
      : [];
  const files = (place: string, kind: string, { items, ...source }: Files) =>
    items === undefined
      ? reference(object, place, kind, source, 'volume', subPaths)
      : items.flatMap(({ key, path: file }, index) =>
          reference(
            object,
            `${place}.items[${index}]`,
            kind,
            { ...source, key },
            'volume',
            keptOf(key, file),
          ),
        );
  return [
    ...(configMap === undefined ? [] : files(`${path}.configMap`, 'ConfigMap', configMap)),
    ...(secret === undefined
      ? []
      : files(`${path}.secret`, 'Secret', { ...secret, name: secret.secretName ?? '' })),
    ...(projected?.sources ?? []).flatMap((source, index) => {
      const place = `${path}.projected.sources[${index}]`;
      return [
        ...(source.configMap === undefined ? [] : files(`${place}.configMap`, 'ConfigMap', source.configMap)),
        ...(source.secret === undefined ? [] : files(`${place}.secret`, 'Secret', source.secret)),
      ];
    }),
    ...reference(
      object,
      `${path}.persistentVolumeClaim.claimName`,
      'PersistentVolumeClaim',
      { name: persistentVolumeClaim?.claimName },
      'volume',
    ),
    ...reference(object, `${path}.csi.nodePublishSecretRef`, 'Secret', csi?.nodePublishSecretRef, 'volume'),
    ...reference(object, `${path}.flexVolume.secretRef`, 'Secret', flexVolume?.secretRef, 'volume'),
  ];
}
