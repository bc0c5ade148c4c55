import type { PersistentVolumeClaim, StatefulSetSpec } from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';

/** The volume claim templates of a StatefulSet, from which the controller creates a claim for each pod. */
export function claimTemplatesOf({ kind, spec }: KubernetesObject): readonly PersistentVolumeClaim[] {
  if (kind !== 'StatefulSet') return [];
  return ((spec ?? {}) as unknown as StatefulSetSpec).volumeClaimTemplates ?? [];
}

/**
 * The names of a StatefulSet's volumeClaimTemplates. Each template adds a volume of its name to the pods; a volume
 * with the same name in the pod template is replaced.
 */
export function claimTemplateNames(object: KubernetesObject): string[] {
  return claimTemplatesOf(object).flatMap(({ metadata }) => metadata?.name ?? []);
}
