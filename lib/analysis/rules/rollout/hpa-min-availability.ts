import { objectsOf } from '../parts';
import { rule } from '../rule';

export const hpaMinAvailability = rule({
  id: 'hpa-min-availability',
  sentence: 'An autoscaler keeps at least two pods.',
  why: 'At its minimum of one, the default, a drain or a crash is an outage.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=hpa-minimum-three-replicas',
  severity: 'medium',
  fix: 'Raise minReplicas.',
  parts: objectsOf('HorizontalPodAutoscaler'),
  faults: ({ spec }) => [(spec?.minReplicas ?? 1) < 2 && { path: 'spec.minReplicas', must: 'be at least 2' }],
});
