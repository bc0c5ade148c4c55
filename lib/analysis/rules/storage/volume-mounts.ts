import { claimTemplateNames } from '../../../kubernetes/storage/claim-templates';
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
    const names = [...(pod.spec.volumes ?? []).map(({ name }) => name), ...claimTemplateNames(pod.object)];
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
