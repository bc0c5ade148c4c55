import { keyStep } from '../../../kubernetes/path';
import { parseQuantity } from '../../../kubernetes/quantity';
import { containers } from '../parts';
import { rule } from '../rule';

export const resourceQuantities = rule({
  id: 'resource-quantities',
  sentence: 'Resource quantities are not negative, and CPU is a multiple of 1m.',
  why: 'The API server refuses the pod. For memory, the suffix m means thousandths of a byte.',
  source:
    'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#resource-units-in-kubernetes',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Write memory in Mi or Gi, and CPU in m.',
  parts: containers,
  faults: ({ container: { resources = {} } }) =>
    (['requests', 'limits'] as const).flatMap((side) =>
      Object.entries(resources[side] ?? {}).flatMap(([resource, quantity]) => {
        const amount = parseQuantity(String(quantity)) ?? 0;
        const millis = amount * 1000;
        const path = `resources.${side}${keyStep(resource)}`;
        return [
          amount < 0 && { path, must: 'be at least 0' },
          resource === 'cpu' &&
            Math.abs(millis - Math.round(millis)) > 1e-6 && { path, must: 'be a multiple of 1m' },
          resource !== 'cpu' && !Number.isInteger(amount) && { path, must: 'be a whole number of bytes' },
        ];
      }),
    ),
});
