import { objectsOf } from '../parts';
import { rule } from '../rule';

export const cronjobHasDeadline = rule({
  id: 'cronjob-has-deadline',
  sentence: 'A CronJob has startingDeadlineSeconds.',
  why: 'Without a deadline the controller stops scheduling after 100 missed runs, and reports that only in its log.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline',
  severity: 'medium',
  fix: 'Set startingDeadlineSeconds to at least 10.',
  parts: objectsOf('CronJob'),
  faults: ({ spec }) => [
    // The controller checks every ten seconds. With a shorter deadline, it may never start a Job.
    (spec?.startingDeadlineSeconds ?? 0) < 10 && {
      path: 'spec.startingDeadlineSeconds',
      must: 'be at least 10',
    },
  ],
});
