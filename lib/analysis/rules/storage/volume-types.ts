import { restrictedVolumes } from '../../../kubernetes/start/pod-security-allowed';
import { pods } from '../parts';
import { rule } from '../rule';

export const volumeTypes = rule({
  id: 'volume-types',
  sentence: 'Pods mount no hostPath, and mount network storage only through a PersistentVolumeClaim.',
  why: 'A pod with a hostPath can read or write files of the node, and so can take over the node.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  severity: 'critical',
  fix: 'Use a PersistentVolumeClaim.',
  parts: pods,
  faults: ({ spec: { volumes = [] } }) =>
    volumes.flatMap((volume, index) =>
      Object.keys(volume)
        .filter((field) => field !== 'name' && !restrictedVolumes.includes(field))
        .map((field) => ({
          path: `volumes[${index}].${field}`,
          must: `be a PersistentVolumeClaim, or one of ${restrictedVolumes.join(', ')}`,
        })),
    ),
});
