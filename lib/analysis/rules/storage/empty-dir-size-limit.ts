import { pods } from '../parts';
import { rule } from '../rule';

export const emptyDirSizeLimit = rule({
  id: 'empty-dir-size-limit',
  sentence: 'Every emptyDir has a sizeLimit.',
  why: 'Without a limit, an emptyDir can fill the disk of the node, and the kubelet evicts pods of other workloads.',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  severity: 'medium',
  fix: 'Set sizeLimit. If the pod exceeds the limit, the kubelet evicts only this pod.',
  parts: pods,
  faults: ({ spec: { volumes = [] } }) =>
    volumes.map((volume, index) => {
      // A volume without a source is an emptyDir.
      const isScratch =
        volume.emptyDir !== undefined || Object.keys(volume).every((field) => field === 'name');
      return (
        isScratch &&
        volume.emptyDir?.sizeLimit === undefined && {
          path: `volumes[${index}].emptyDir.sizeLimit`,
          must: 'be set, such as 64Mi',
        }
      );
    }),
});
