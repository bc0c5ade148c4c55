import type { Manifests } from '../../../kubernetes/manifests';
import { claimTemplatesOf } from '../../../kubernetes/storage/claim-templates';
import { localPath } from '../../../kubernetes/storage/local-path';
import type { Pod } from '../../../kubernetes/workloads/pods';
import type { DrillWorkload, UnmodelledField } from './workload';

/**
 * The claim that binds a workload to one node, and whether each pod has its own claim. Only local-path is modelled: for
 * other StorageClasses, manifests do not define which nodes can mount a volume.
 *
 * @see https://docs.k3s.io/storage/
 */
export function boundClaim(
  { spec, object, path, namespace }: Pod,
  manifests: Manifests,
  defaultClass: string | undefined,
): { bound: DrillWorkload['boundClaim']; isSticky: boolean; unmodelled: readonly UnmodelledField[] } {
  const templates = claimTemplatesOf(object);
  const unmodelled: UnmodelledField[] = templates.flatMap(({ spec: claim = {} }, index) => {
    const name = claim.storageClassName ?? defaultClass;
    const path = `spec.volumeClaimTemplates[${index}].spec.storageClassName`;
    return name === localPath ? [] : [{ object, path, why: unknownClass(name) }];
  });
  let bound: DrillWorkload['boundClaim'];
  for (const [index, volume] of (spec.volumes ?? []).entries()) {
    const field = { object, path: `${path}.volumes[${index}]` };
    if (volume.ephemeral !== undefined) unmodelled.push(field);
    const name = volume.persistentVolumeClaim?.claimName;
    const isReplaced = templates.some(({ metadata }) => metadata?.name === volume.name);
    if (name === undefined || isReplaced) continue;
    const claim = manifests.typed('PersistentVolumeClaim', namespace, name);
    const claimObject = manifests.find('PersistentVolumeClaim', namespace, name);
    if (claim === undefined || claimObject === undefined) unmodelled.push(field);
    else if ((claim.spec?.storageClassName ?? defaultClass) !== localPath)
      unmodelled.push({
        ...{ object: claimObject, path: 'spec.storageClassName' },
        why: unknownClass(claim.spec?.storageClassName ?? defaultClass),
      });
    else if (claim.spec?.accessModes?.includes('ReadWriteOncePod'))
      unmodelled.push({ object: claimObject, path: 'spec.accessModes' });
    else bound ??= { name, field: { object: claimObject, path: 'spec.storageClassName' } };
  }
  return { bound, isSticky: templates.length > 0, unmodelled };
}

function unknownClass(name: string | undefined): string {
  const which = name === undefined ? 'the default StorageClass' : `StorageClass ${name}`;
  return `does not define which nodes can mount volumes of ${which}; the drill models only ${localPath}`;
}
