import { isSchedule } from '../../../kubernetes/schedule';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const cronjobSchedule = rule({
  id: 'cronjob-schedule',
  sentence: 'A CronJob has a schedule that parses, and a time zone that exists.',
  why: 'The API server refuses it; so it does a TZ= in the schedule and the zone "Local".',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Write five fields, as "30 3 * * *", and put the zone into timeZone.',
  parts: objectsOf('CronJob'),
  faults: ({ spec: { schedule = '', timeZone } = {} }) => [
    !isSchedule(schedule) && {
      path: 'spec.schedule',
      must: 'be five fields (minute, hour, day, month, weekday), or @daily and the like, without TZ=',
    },
    timeZone !== undefined &&
      !isTimeZone(timeZone) && { path: 'spec.timeZone', must: 'be a zone of the database, such as Etc/UTC' },
  ],
});

/** Etc/UTC without asking: the first question loads the whole database, which takes as long as ten rules. */
function isTimeZone(name: string): boolean {
  if (name === 'Etc/UTC' || name === 'UTC') return true;
  try {
    // An offset such as +01:00 is known to this function, and not to the server.
    new Intl.DateTimeFormat('en', { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}
