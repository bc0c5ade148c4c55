import type { Rule } from '../rule';
import { cronJobConcurrency } from './cron-job-concurrency';
import { cronJobDeadline } from './cron-job-deadline';
import { cronSchedule } from './cron-schedule';
import { jobCleanup } from './job-cleanup';
import { jobContainers } from './job-containers';
import { jobDeadline } from './job-deadline';
import { jobModes } from './job-modes';
import { jobNameFollowsTemplate } from './job-name-follows-template';

export const jobsRules: readonly Rule[] = [
  cronSchedule,
  cronJobDeadline,
  cronJobConcurrency,
  jobCleanup,
  jobDeadline,
  jobNameFollowsTemplate,
  jobContainers,
  jobModes,
];
