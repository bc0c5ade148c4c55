import { rolloutStrategyOf } from '../../../kubernetes/rollout/rollout-strategy';
import { servingPods } from '../parts';
import { rule } from '../rule';

const component = 'app.kubernetes.io/component';

export const singletonWorker = rule({
  id: 'singleton-worker',
  sentence: 'A worker runs in at most one pod, also during a rollout.',
  why: 'If two workers run and their task scheduler has no leader election, every task starts twice.',
  source: 'ours: app.kubernetes.io/component: worker marks a workload that must not run twice',
  severity: 'critical',
  fix: 'Set replicas: 1 and strategy.type: Recreate, without an autoscaler.',
  parts: servingPods,
  faults: ({ object, labels, replicas }) => {
    if (labels[component] !== 'worker') return undefined;
    return [
      (replicas === undefined || replicas > 1) && {
        object,
        path: 'spec.replicas',
        must: 'be at most 1, without an autoscaler',
      },
      rolloutStrategyOf(object)?.kind !== 'Recreate' && {
        object,
        path: 'spec.strategy.type',
        must: 'be Recreate',
      },
    ];
  },
});
