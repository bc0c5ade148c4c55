import { containers } from '../parts';
import { rule } from '../rule';

export const missingImage = rule({
  id: 'missing-image',
  sentence: 'Every container names its image.',
  why: 'The API server refuses the pod.',
  source: 'https://kubernetes.io/docs/concepts/containers/images/',
  severity: 'critical',
  refusedByServer: true,
  fix: 'State image.',
  parts: containers,
  faults: ({ container: { image = '' } }) => [image === '' && { path: 'image', must: 'be stated' }],
});
