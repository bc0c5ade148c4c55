import { isSchedule } from '../../../kubernetes/schedule';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const cronjobSchedule = rule({
  id: 'cronjob-schedule',
  sentence: 'A CronJob has a valid schedule and an existing time zone.',
  why: 'The API server refuses the CronJob. It also refuses TZ= in the schedule and the zone "Local".',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Write five fields, such as "30 3 * * *", and set the zone in timeZone.',
  parts: objectsOf('CronJob'),
  faults: ({ spec: { schedule = '', timeZone } = {} }) => [
    !isSchedule(schedule) && {
      path: 'spec.schedule',
      must: 'be five fields (minute, hour, day, month, weekday) or a macro such as @daily, without TZ=',
    },
    timeZone !== undefined &&
      !isTimeZone(timeZone) && {
        path: 'spec.timeZone',
        must: 'be a zone of the tz database, such as Etc/UTC',
      },
  ],
});

/** Skips the look-up for UTC: the first look-up loads the whole tz database, which takes as long as ten rules. */
function isTimeZone(name: string): boolean {
  if (name === 'Etc/UTC' || name === 'UTC') return true;
  try {
    // `Intl` also accepts an offset such as +01:00; the API server refuses it.
    new Intl.DateTimeFormat('en', { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}
