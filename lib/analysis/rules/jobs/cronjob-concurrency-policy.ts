import { objectsOf } from '../parts';
import { rule } from '../rule';

export const cronjobConcurrencyPolicy = rule({
  id: 'cronjob-concurrency-policy',
  sentence: 'A CronJob does not allow concurrent runs.',
  why: 'By default, a run starts even if the previous run has not ended, and both work on the same data. If a run hangs, more and more Jobs run at once.',
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
