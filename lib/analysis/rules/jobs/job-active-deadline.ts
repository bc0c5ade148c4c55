import { jobs } from '../parts';
import { rule } from '../rule';

export const jobActiveDeadline = rule({
  id: 'job-active-deadline',
  sentence: 'A Job ends by some time, whatever happens.',
  why: 'One that hangs holds what it has locked, and whoever waits for it waits for ever.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup',
  severity: 'medium',
  fix: 'State activeDeadlineSeconds.',
  parts: jobs,
  faults: ({ spec }) => [
    (spec.activeDeadlineSeconds ?? 0) < 1 && { path: 'activeDeadlineSeconds', must: 'be stated' },
  ],
});
