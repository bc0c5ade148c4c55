import { jobs } from '../parts';
import { rule } from '../rule';

export const jobTtlSecondsAfterFinished = rule({
  id: 'job-ttl-seconds-after-finished',
  sentence: 'A Job of its own is cleaned up after a while, and one of a CronJob by the CronJob.',
  why: 'Finished pods stay for ever; under a CronJob a time to live takes the history away that the CronJob keeps.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/',
  severity: 'low',
  fix: 'State ttlSecondsAfterFinished for a Job, and leave it out under a CronJob.',
  parts: jobs,
  faults: ({ spec: { ttlSecondsAfterFinished: ttl }, isScheduled }) => [
    isScheduled === (ttl !== undefined) && {
      path: 'ttlSecondsAfterFinished',
      must: isScheduled ? 'be absent: the CronJob keeps a history of its own' : 'be stated',
    },
  ],
});
