import type { StatefulSetSpec } from '../../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../../documents/kubernetes';
import { containers } from '../parts';
import { rule } from '../rule';

export const volumeMounts = rule({
  id: 'volume-mounts',
  sentence: 'What a container mounts is a volume of its pod.',
  why: 'The API server refuses the pod.',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#background',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Add the volume, or name the one that is meant.',
  parts: containers,
  faults: ({ container: { volumeMounts = [] }, pod }) => {
    const names = [...(pod.spec.volumes ?? []).map(({ name }) => name), ...claimTemplates(pod.object)];
    const known = names.length === 0 ? 'the pod has none' : `those are ${names.join(', ')}`;
    return volumeMounts.map(
      ({ name }, index) =>
        !names.includes(name) && {
          path: `volumeMounts[${index}].name`,
          must: `name a volume of the pod; ${known}`,
        },
    );
  },
});

/** The claims that a StatefulSet makes for each of its pods: they are volumes of these names. */
function claimTemplates({ kind, spec }: KubernetesObject): string[] {
  if (kind !== 'StatefulSet') return [];
  const { volumeClaimTemplates = [] } = (spec ?? {}) as unknown as StatefulSetSpec;
  return volumeClaimTemplates.flatMap(({ metadata }) => metadata?.name ?? []);
}
