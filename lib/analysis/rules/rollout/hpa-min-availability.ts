import { objectsOf } from '../parts';
import { rule } from '../rule';

export const hpaMinAvailability = rule({
  id: 'hpa-min-availability',
  sentence: 'A HorizontalPodAutoscaler keeps at least two replicas.',
  why: 'With the default minimum of one, a drain or a crash is an outage.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=hpa-minimum-three-replicas',
  severity: 'medium',
  fix: 'Raise minReplicas.',
  parts: objectsOf('HorizontalPodAutoscaler'),
  faults: ({ spec }) => [(spec?.minReplicas ?? 1) < 2 && { path: 'spec.minReplicas', must: 'be at least 2' }],
});
