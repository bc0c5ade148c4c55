import { pods } from '../parts';
import { rule } from '../rule';

export const restartPolicy = rule({
  id: 'restart-policy',
  sentence: 'The restartPolicy of a Job is Never or OnFailure, and of every other workload Always.',
  why: 'The API server refuses any other value. The default, Always, is invalid for a Job.',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy',
  severity: 'critical',
  refusedByServer: true,
  fix: 'For a Job, set Never to keep failed pods for debugging, otherwise OnFailure.',
  parts: pods,
  faults: ({ object, isServing, spec }) => {
    if (object.kind === 'Pod') return undefined;
    const allowed = isServing ? ['Always', undefined] : ['Never', 'OnFailure'];
    const must = isServing ? 'be Always, or absent' : 'be Never or OnFailure';
    return [!allowed.includes(spec.restartPolicy) && { path: 'restartPolicy', must }];
  },
});
