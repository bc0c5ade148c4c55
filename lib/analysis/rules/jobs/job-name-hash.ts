import { objectsOf } from '../parts';
import { rule } from '../rule';

export const jobNameHash = rule({
  id: 'job-name-hash',
  sentence: 'The name of a Job ends with a hash of what it does.',
  why: "A Job's template can't be changed: the next image under the same name is refused by the API server.",
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/',
  severity: 'high',
  fix: 'Put a hash of the template at the end of the name, or use generateName.',
  parts: objectsOf('Job'),
  faults: ({ spec }, _manifests, { object }) => [
    object.metadata['generateName'] === undefined &&
      // A Job that is removed as soon as it ends is made anew.
      spec?.ttlSecondsAfterFinished !== 0 &&
      !/-[0-9a-f]{8,}$/.test(object.metadata.name) && {
        path: 'metadata.name',
        must: 'end with a hash, such as -9c080233ac',
      },
  ],
});
