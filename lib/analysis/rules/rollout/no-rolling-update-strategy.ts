import { objectsOf } from '../parts';
import { rule } from '../rule';

export const noRollingUpdateStrategy = rule({
  id: 'no-rolling-update-strategy',
  sentence: 'A workload with several replicas uses the strategy RollingUpdate.',
  why: 'Recreate stops all pods before it starts the first new one.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy',
  severity: 'high',
  fix: 'Set strategy.type: RollingUpdate. If two pods must never run at once, set replicas: 1 instead.',
  parts: objectsOf('Deployment'),
  faults: ({ spec }, manifests, { object }) => {
    const isMany = manifests.autoscaler(object) !== undefined || (spec?.replicas ?? 1) > 1;
    return isMany
      ? [spec?.strategy?.type === 'Recreate' && { path: 'spec.strategy.type', must: 'be RollingUpdate' }]
      : undefined;
  },
});
