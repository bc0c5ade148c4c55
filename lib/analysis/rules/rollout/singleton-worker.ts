import { servingPods } from '../parts';
import { rule } from '../rule';

const component = 'app.kubernetes.io/component';

export const singletonWorker = rule({
  id: 'singleton-worker',
  sentence: 'A worker runs once, and never twice during a rollout.',
  why: "Asynq's scheduler is not leader-elected: two of them send every reminder and digest twice.",
  source: 'chapter 7, worker',
  severity: 'critical',
  fix: 'Set replicas to 1 and strategy.type to Recreate, without an autoscaler.',
  parts: servingPods,
  faults: ({ object, labels, replicas }) => {
    if (labels[component] !== 'worker') return undefined;
    const { strategy } = (object['spec'] ?? {}) as { strategy?: { type?: string } };
    return [
      replicas !== 1 && { object, path: 'spec.replicas', must: 'be 1, without an autoscaler' },
      strategy?.type !== 'Recreate' && { object, path: 'spec.strategy.type', must: 'be Recreate' },
    ];
  },
});
