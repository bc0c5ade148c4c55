import type { StatefulSetSpec } from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';

/**
 * The names of the claims that a StatefulSet makes for each of its pods. Each is a volume of that name, and replaces one that the
 * template states under it.
 */
export function claimTemplateNames({ kind, spec }: KubernetesObject): string[] {
  if (kind !== 'StatefulSet') return [];
  const { volumeClaimTemplates = [] } = (spec ?? {}) as unknown as StatefulSetSpec;
  return volumeClaimTemplates.flatMap(({ metadata }) => metadata?.name ?? []);
}
