import { defaultValues } from '../../../kubernetes/lifecycle/default-values';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const progressDeadline = rule({
  id: 'progress-deadline',
  sentence: 'progressDeadlineSeconds of a Deployment is longer than minReadySeconds.',
  why: 'The API server refuses the Deployment.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Raise progressDeadlineSeconds, or lower minReadySeconds.',
  parts: objectsOf('Deployment'),
  faults: ({ spec }) => {
    const { progressDeadlineSeconds = defaultValues.progressDeadlineSeconds, minReadySeconds = 0 } =
      spec ?? {};
    return [
      progressDeadlineSeconds <= minReadySeconds && {
        path: 'spec.progressDeadlineSeconds',
        must: `be above ${minReadySeconds}, the value of minReadySeconds`,
      },
    ];
  },
});
