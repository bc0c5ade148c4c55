import { objectsOf } from '../parts';
import { rule } from '../rule';

export const noRollingUpdateStrategy = rule({
  id: 'no-rolling-update-strategy',
  sentence: 'What runs several times is replaced one after another.',
  why: 'Recreate takes all pods away before it starts the first new one.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy',
  severity: 'high',
  fix: 'Set strategy.type to RollingUpdate, or replicas to 1 if two must never run.',
  parts: objectsOf('Deployment'),
  faults: ({ spec }, manifests, { object }) => {
    const isMany = manifests.autoscaler(object) !== undefined || (spec?.replicas ?? 1) > 1;
    return isMany
      ? [spec?.strategy?.type === 'Recreate' && { path: 'spec.strategy.type', must: 'be RollingUpdate' }]
      : undefined;
  },
});
