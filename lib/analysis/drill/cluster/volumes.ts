import type { Manifests } from '../../../kubernetes/manifests';
import { claimTemplatesOf } from '../../../kubernetes/storage/claim-templates';
import { localPath } from '../../../kubernetes/storage/local-path';
import type { Pod } from '../../../kubernetes/workloads/pods';
import type { DrillWorkload, Field } from './workload';

/**
 * The claim that binds a workload to one node, and whether each pod has one of its own. What other classes do, no manifest says.
 *
 * @see https://docs.k3s.io/storage
 */
export function boundClaim(
  { spec, object, path, namespace }: Pod,
  manifests: Manifests,
  defaultClass: string | undefined,
): { bound: DrillWorkload['boundClaim']; isSticky: boolean; unmodelled: readonly Field[] } {
  const templates = claimTemplatesOf(object);
  const unmodelled: Field[] = templates.flatMap(({ spec: claim = {} }, index) =>
    (claim.storageClassName ?? defaultClass) === localPath
      ? []
      : [{ object, path: `spec.volumeClaimTemplates[${index}].spec.storageClassName` }],
  );
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
      unmodelled.push({ object: claimObject, path: 'spec.storageClassName' });
    else if (claim.spec?.accessModes?.includes('ReadWriteOncePod'))
      unmodelled.push({ object: claimObject, path: 'spec.accessModes' });
    else bound ??= { name, field: { object: claimObject, path: 'spec.storageClassName' } };
  }
  return { bound, isSticky: templates.length > 0, unmodelled };
}
