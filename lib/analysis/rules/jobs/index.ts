import type { Rule } from '../rule';
import { cronjobConcurrencyPolicy } from './cronjob-concurrency-policy';
import { cronjobHasDeadline } from './cronjob-has-deadline';
import { cronjobSchedule } from './cronjob-schedule';
import { jobActiveDeadline } from './job-active-deadline';
import { jobCompletionMode } from './job-completion-mode';
import { jobNameHash } from './job-name-hash';
import { jobSidecars } from './job-sidecars';
import { jobTtlSecondsAfterFinished } from './job-ttl-seconds-after-finished';

export const jobsRules: readonly Rule[] = [
  cronjobSchedule,
  cronjobHasDeadline,
  cronjobConcurrencyPolicy,
  jobTtlSecondsAfterFinished,
  jobActiveDeadline,
  jobNameHash,
  jobSidecars,
  jobCompletionMode,
];
