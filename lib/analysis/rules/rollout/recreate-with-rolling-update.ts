import { objectsOf } from '../parts';
import { rule } from '../rule';

export const recreateWithRollingUpdate = rule({
  id: 'recreate-with-rolling-update',
  sentence: 'A Deployment with the strategy Recreate has no rollingUpdate.',
  why: 'The API server refuses the Deployment, even if an earlier apply set rollingUpdate.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Remove rollingUpdate.',
  rare: true,
  parts: objectsOf('Deployment'),
  faults: ({ spec }) =>
    spec?.strategy?.type === 'Recreate'
      ? [
          spec.strategy.rollingUpdate !== undefined && {
            path: 'spec.strategy.rollingUpdate',
            must: 'be absent, because the type is Recreate',
          },
        ]
      : undefined,
});
