import { objectsOf } from '../parts';
import { rule } from '../rule';

export const cronjobConcurrencyPolicy = rule({
  id: 'cronjob-concurrency-policy',
  sentence: 'A CronJob says what happens when one run is not over at the next.',
  why: 'By default both run, on the same data; and one that hangs is joined by another every time.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy',
  severity: 'medium',
  fix: 'Set concurrencyPolicy to Forbid.',
  parts: objectsOf('CronJob'),
  faults: ({ spec }) => [
    !['Forbid', 'Replace'].includes(spec?.concurrencyPolicy ?? 'Allow') && {
      path: 'spec.concurrencyPolicy',
      must: 'be Forbid or Replace',
    },
  ],
});
