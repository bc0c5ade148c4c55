import { jobs } from '../parts';
import { rule } from '../rule';

export const jobActiveDeadline = rule({
  id: 'job-active-deadline',
  sentence: 'A Job has activeDeadlineSeconds.',
  why: 'A Job that hangs never releases its locks, and workloads that wait for the Job wait forever.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup',
  severity: 'medium',
  fix: 'Set activeDeadlineSeconds.',
  parts: jobs,
  faults: ({ spec }) => [
    (spec.activeDeadlineSeconds ?? 0) < 1 && { path: 'activeDeadlineSeconds', must: 'be set' },
  ],
});
