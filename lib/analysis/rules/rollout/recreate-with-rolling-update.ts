import { objectsOf } from '../parts';
import { rule } from '../rule';

export const recreateWithRollingUpdate = rule({
  id: 'recreate-with-rolling-update',
  sentence: 'A Deployment that is recreated states nothing about a rolling update.',
  why: 'The API server refuses it, also where an earlier apply left rollingUpdate behind.',
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
            must: 'be absent beside Recreate',
          },
        ]
      : undefined,
});
