import { jobs } from '../parts';
import { rule } from '../rule';

export const jobCompletionMode = rule({
  id: 'job-completion-mode',
  sentence: 'A Job sets the fields that its completionMode requires, and no field that the mode forbids.',
  why: 'The API server refuses the Job.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode',
  severity: 'critical',
  refusedByServer: true,
  fix: 'For Indexed, set completions. For NonIndexed, remove the fields that only Indexed allows.',
  parts: jobs,
  faults: ({ spec }) => {
    const isIndexed = spec.completionMode === 'Indexed';
    const indexed = ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy'] as const;
    return [
      isIndexed &&
        spec.completions === undefined && {
          path: 'completions',
          must: 'be set, because completionMode is Indexed',
        },
      ...indexed.map(
        (field) =>
          !isIndexed &&
          spec[field] !== undefined && { path: field, must: 'be absent, unless completionMode is Indexed' },
      ),
      spec.maxFailedIndexes !== undefined &&
        spec.backoffLimitPerIndex === undefined && {
          path: 'backoffLimitPerIndex',
          must: 'be set, because maxFailedIndexes is set',
        },
      spec.podFailurePolicy !== undefined &&
        spec.template?.spec?.restartPolicy !== 'Never' && {
          path: 'template.spec.restartPolicy',
          must: 'be Never, because podFailurePolicy is set',
        },
    ];
  },
});
