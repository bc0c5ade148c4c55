import { parseQuantity } from '../../../kubernetes/quantity';
import { objectsOf } from '../parts';
import { rule } from '../rule';

const modes = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

export const claimFields = rule({
  id: 'claim-fields',
  sentence: 'A PersistentVolumeClaim has access modes and a storage request.',
  why: 'The API server refuses the claim.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#persistentvolumeclaims',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Set accessModes and resources.requests.storage.',
  parts: objectsOf('PersistentVolumeClaim'),
  faults: ({ spec: { accessModes = [], resources } = {} }) => [
    accessModes.length === 0 && { path: 'spec.accessModes', must: `contain one of ${modes.join(', ')}` },
    ...accessModes.map(
      (mode, index) =>
        !modes.includes(mode) && {
          path: `spec.accessModes[${index}]`,
          must: `be one of ${modes.join(', ')}`,
        },
    ),
    accessModes.length > 1 &&
      accessModes.includes('ReadWriteOncePod') && {
        path: 'spec.accessModes',
        must: 'contain only ReadWriteOncePod',
      },
    (parseQuantity(String(resources?.requests?.['storage'] ?? '')) ?? 0) <= 0 && {
      path: 'spec.resources.requests.storage',
      must: 'be above 0, such as 5Gi',
    },
  ],
});
