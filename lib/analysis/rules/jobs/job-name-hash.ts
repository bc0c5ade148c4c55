import { objectsOf } from '../parts';
import { rule } from '../rule';

export const jobNameHash = rule({
  id: 'job-name-hash',
  sentence: 'The name of a Job ends with a hash of its template.',
  why: 'The template of a Job is immutable: the API server refuses a new image under the same name.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/',
  severity: 'high',
  fix: 'Append a hash of the template to the name, or use generateName.',
  parts: objectsOf('Job'),
  faults: ({ spec }, _manifests, { object }) => [
    object.metadata['generateName'] === undefined &&
      // A Job with ttlSecondsAfterFinished: 0 is deleted when it ends, so the next apply creates it again.
      spec?.ttlSecondsAfterFinished !== 0 &&
      !/-[0-9a-f]{8,}$/.test(object.metadata.name) && {
        path: 'metadata.name',
        must: 'end with a hash, such as -9c080233ac',
      },
  ],
});
