import type { PersistentVolumeClaim, StatefulSetSpec } from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';

/** The claims that a StatefulSet makes for each of its pods. */
export function claimTemplatesOf({ kind, spec }: KubernetesObject): readonly PersistentVolumeClaim[] {
  if (kind !== 'StatefulSet') return [];
  return ((spec ?? {}) as unknown as StatefulSetSpec).volumeClaimTemplates ?? [];
}

/**
 * The names of the volumeClaimTemplates of a StatefulSet. Each adds a volume of that name to the pods, and replaces a
 * volume of the template with the same name.
 */
export function claimTemplateNames(object: KubernetesObject): string[] {
  return claimTemplatesOf(object).flatMap(({ metadata }) => metadata?.name ?? []);
}
