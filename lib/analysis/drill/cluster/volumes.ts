import type { StatefulSetSpec } from '../../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../../documents/kubernetes';
import type { Manifests } from '../../../kubernetes/manifests';
import { localPath } from '../../../kubernetes/storage/local-path';
import type { Pod } from '../../../kubernetes/workloads/pods';
import type { DrillWorkload, Field } from './workload';

/**
 * The claim that binds a workload to one node. What other classes do, no manifest says.
 *
 * @see https://docs.k3s.io/storage
 */
export function boundClaim(
  { spec, object, path, namespace }: Pod,
  manifests: Manifests,
  defaultClass: string | undefined,
): { bound: DrillWorkload['boundClaim']; unmodelled: readonly Field[] } {
  const unmodelled: Field[] = [];
  let bound: DrillWorkload['boundClaim'];
  for (const [index, volume] of (spec.volumes ?? []).entries()) {
    const field = { object, path: `${path}.volumes[${index}]` };
    if (volume.ephemeral !== undefined) unmodelled.push(field);
    const name = volume.persistentVolumeClaim?.claimName;
    if (name === undefined) continue;
    const claim = manifests.typed('PersistentVolumeClaim', namespace, name);
    const claimObject = manifests.find('PersistentVolumeClaim', namespace, name);
    if (claim === undefined || claimObject === undefined) unmodelled.push(field);
    else if ((claim.spec?.storageClassName ?? defaultClass) !== localPath)
      unmodelled.push({ object: claimObject, path: 'spec.storageClassName' });
    else if (claim.spec?.accessModes?.includes('ReadWriteOncePod'))
      unmodelled.push({ object: claimObject, path: 'spec.accessModes' });
    else bound ??= { name, field: { object: claimObject, path: 'spec.storageClassName' } };
  }
  return { bound, unmodelled };
}

/**
 * What is not known of the volumes that a StatefulSet makes for its pods. Without one that is bound to a node, or with one of another
 * class, its pods may move.
 */
export function claimTemplates(object: KubernetesObject, defaultClass: string | undefined): Field[] {
  if (object.kind !== 'StatefulSet') return [];
  const { volumeClaimTemplates = [] } = (object['spec'] ?? {}) as unknown as StatefulSetSpec;
  if (volumeClaimTemplates.length === 0) return [{ object, path: 'kind' }];
  return volumeClaimTemplates.flatMap(({ spec }, index) => {
    const path = `spec.volumeClaimTemplates[${index}].spec.storageClassName`;
    return (spec?.storageClassName ?? defaultClass) === localPath ? [] : [{ object, path }];
  });
}
