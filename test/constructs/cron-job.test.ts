import { CronJob, type CronJobProps } from '../../lib/constructs/cron-job';
import { at } from '../support/at';
import { objectsOf, ofKind } from '../support/chart';
import { podProps } from '../support/props';

const build = (more: Partial<CronJobProps> = {}) =>
  objectsOf((chart) => new CronJob(chart, 'report', { ...podProps, schedule: '30 6 * * 1', ...more }));
const job = (more?: Partial<CronJobProps>) => ofKind(build(more), 'CronJob');

describe('CronJob', () => {
  test('skips a run while the last one still runs', () => {
    expect(at(job(), 'spec.concurrencyPolicy')).toBe('Forbid');
  });

  test('has a time zone, UTC where none is stated', () => {
    expect(at(job(), 'spec.timeZone')).toBe('Etc/UTC');
    expect(at(job({ timeZone: 'Europe/Berlin' }), 'spec.timeZone')).toBe('Europe/Berlin');
  });

  test('counts the first attempt', () => {
    expect(at(job({ attempts: 1 }), 'spec.jobTemplate.spec.backoffLimit')).toBe(0);
  });

  test.each<[string, Partial<CronJobProps>]>([
    [
      'schedule is "@daily"; it must be a cron schedule with five fields, such as "17 3 * * *"',
      { schedule: '@daily' },
    ],
    ['timeZone is "Local"; it must be a time zone such as Etc/UTC', { timeZone: 'Local' }],
    ['attempts is 0; it must be an integer from 1 to 10', { attempts: 0 }],
    ['name is "aaaa', { name: 'a'.repeat(53) }],
  ])('refuses: %s', (message, wrong) => {
    expect(() => build(wrong)).toThrow(`shop/report.${message}`);
  });
});
