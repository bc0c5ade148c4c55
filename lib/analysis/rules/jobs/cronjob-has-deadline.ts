import { objectsOf } from '../parts';
import { rule } from '../rule';

export const cronjobHasDeadline = rule({
  id: 'cronjob-has-deadline',
  sentence: 'A CronJob says how late it may still start.',
  why: 'Without it the controller gives up for good after 100 missed times, and says so only in its log.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline',
  severity: 'medium',
  fix: 'State startingDeadlineSeconds, of at least 10.',
  parts: objectsOf('CronJob'),
  faults: ({ spec }) => [
    // The controller looks every ten seconds: with less it may never start one.
    (spec?.startingDeadlineSeconds ?? 0) < 10 && {
      path: 'spec.startingDeadlineSeconds',
      must: 'be at least 10',
    },
  ],
});
