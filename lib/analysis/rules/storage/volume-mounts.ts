import { claimTemplateNames } from '../../../kubernetes/storage/claim-templates';
import { containers } from '../parts';
import { rule } from '../rule';

export const volumeMounts = rule({
  id: 'volume-mounts',
  sentence: 'Every volume that a container mounts is a volume of its pod.',
  why: 'The API server refuses the pod.',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#background',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Add the volume to the pod, or correct the name.',
  parts: containers,
  faults: ({ container: { volumeMounts = [] }, pod }) => {
    const names = [...(pod.spec.volumes ?? []).map(({ name }) => name), ...claimTemplateNames(pod.object)];
    const known = names.length === 0 ? 'the pod has no volumes' : `the pod has ${names.join(', ')}`;
    return volumeMounts.map(
      ({ name }, index) =>
        !names.includes(name) && {
          path: `volumeMounts[${index}].name`,
          must: `be a volume of the pod; ${known}`,
        },
    );
  },
});
