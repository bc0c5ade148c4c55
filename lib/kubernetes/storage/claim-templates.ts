import type { StatefulSetSpec } from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';

/**
 * The names of the volumeClaimTemplates of a StatefulSet. Each adds a volume of that name to the pods, and replaces a
 * volume of the template with the same name.
 */
export function claimTemplateNames({ kind, spec }: KubernetesObject): string[] {
  if (kind !== 'StatefulSet') return [];
  const { volumeClaimTemplates = [] } = (spec ?? {}) as unknown as StatefulSetSpec;
  return volumeClaimTemplates.flatMap(({ metadata }) => metadata?.name ?? []);
}
