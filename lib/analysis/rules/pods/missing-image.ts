import { containers } from '../parts';
import { rule } from '../rule';

export const missingImage = rule({
  id: 'missing-image',
  sentence: 'Every container has an image.',
  why: 'The API server refuses the pod.',
  source: 'https://kubernetes.io/docs/concepts/containers/images/',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Set image.',
  parts: containers,
  faults: ({ container: { image = '' } }) => [image === '' && { path: 'image', must: 'be set' }],
});
