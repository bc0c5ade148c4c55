import { pods } from '../parts';
import { rule } from '../rule';

export const emptyDirSizeLimit = rule({
  id: 'empty-dir-size-limit',
  sentence: 'Every emptyDir has a size limit.',
  why: "A directory that grows for ever fills the node's disk, and the kubelet evicts everybody's pods.",
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  severity: 'medium',
  fix: 'State sizeLimit: past it only the pod itself is evicted.',
  parts: pods,
  faults: ({ spec: { volumes = [] } }) =>
    volumes.map((volume, index) => {
      // Without a source a volume is an emptyDir.
      const isScratch =
        volume.emptyDir !== undefined || Object.keys(volume).every((field) => field === 'name');
      return (
        isScratch &&
        volume.emptyDir?.sizeLimit === undefined && {
          path: `volumes[${index}].emptyDir.sizeLimit`,
          must: 'be stated, such as 64Mi',
        }
      );
    }),
});
