import { jobs } from '../parts';
import { rule } from '../rule';

export const jobTtlSecondsAfterFinished = rule({
  id: 'job-ttl-seconds-after-finished',
  sentence: 'A Job has ttlSecondsAfterFinished, unless a CronJob creates it.',
  why: 'Finished Jobs and their pods are kept forever. For Jobs of a CronJob, the TTL deletes Jobs that the history limits would keep.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/',
  severity: 'low',
  fix: 'Set ttlSecondsAfterFinished for a Job, and remove it from the template of a CronJob.',
  parts: jobs,
  faults: ({ spec: { ttlSecondsAfterFinished: ttl }, isScheduled }) => [
    isScheduled === (ttl !== undefined) && {
      path: 'ttlSecondsAfterFinished',
      must: isScheduled
        ? 'be absent, because the history limits of the CronJob delete finished Jobs'
        : 'be set',
    },
  ],
});
