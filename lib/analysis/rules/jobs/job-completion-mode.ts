import { jobs } from '../parts';
import { rule } from '../rule';

export const jobCompletionMode = rule({
  id: 'job-completion-mode',
  sentence: 'A Job states the fields of its completion mode.',
  why: 'The API server refuses the Job.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode',
  severity: 'critical',
  refusedByServer: true,
  fix: 'State completions for Indexed; remove what only Indexed has.',
  parts: jobs,
  faults: ({ spec }) => {
    const isIndexed = spec.completionMode === 'Indexed';
    const indexed = ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy'] as const;
    return [
      isIndexed && spec.completions === undefined && { path: 'completions', must: 'be stated for Indexed' },
      ...indexed.map(
        (field) =>
          !isIndexed && spec[field] !== undefined && { path: field, must: 'be absent unless Indexed' },
      ),
      spec.maxFailedIndexes !== undefined &&
        spec.backoffLimitPerIndex === undefined && {
          path: 'backoffLimitPerIndex',
          must: 'be stated beside maxFailedIndexes',
        },
      spec.podFailurePolicy !== undefined &&
        spec.template?.spec?.restartPolicy !== 'Never' && {
          path: 'template.spec.restartPolicy',
          must: 'be Never beside podFailurePolicy',
        },
    ];
  },
});
