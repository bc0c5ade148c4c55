import { pods } from '../parts';
import { rule } from '../rule';

export const restartPolicy = rule({
  id: 'restart-policy',
  sentence: 'The pods of a Job restart Never or OnFailure, and those of any other workload Always.',
  why: 'The API server refuses any other policy; for a Job the default, Always, is one.',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy',
  severity: 'critical',
  refusedByServer: true,
  fix: 'State Never for a Job whose failed pods should be kept to look at, OnFailure otherwise.',
  parts: pods,
  faults: ({ object, isServing, spec }) => {
    if (object.kind === 'Pod') return undefined;
    const allowed = isServing ? ['Always', undefined] : ['Never', 'OnFailure'];
    const must = isServing ? 'be Always, or absent' : 'be Never or OnFailure';
    return [!allowed.includes(spec.restartPolicy) && { path: 'restartPolicy', must }];
  },
});
