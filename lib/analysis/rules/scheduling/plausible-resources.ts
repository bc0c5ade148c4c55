import { keyStep } from '../../../kubernetes/path';
import { parseQuantity } from '../../../kubernetes/quantity';
import { containers } from '../parts';
import { type Fault, rule } from '../rule';

/** No machine offers this many cores to one container. */
const cores = 256;
/** Bytes. A container runtime cannot start a process in less memory. */
const leastMemory = 2 ** 20;

export const plausibleResources = rule({
  id: 'plausible-resources',
  sentence: 'The CPU and memory of a container are plausible amounts.',
  why: 'Without a unit, 500 means 500 cores and 512 means 512 bytes. The API server accepts both, and the pod never runs.',
  source:
    'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#resource-units-in-kubernetes',
  severity: 'high',
  fix: 'Write CPU as 500m, and memory as 512Mi.',
  parts: containers,
  faults: ({ container: { resources = {} } }) =>
    (['requests', 'limits'] as const).flatMap((side) =>
      Object.entries(resources[side] ?? {}).flatMap(([resource, quantity]): Fault[] => {
        const path = `resources.${side}${keyStep(resource)}`;
        const amount = parseQuantity(String(quantity)) ?? 0;
        if (resource === 'cpu' && amount >= cores)
          return [
            { path, must: `be less than ${cores} cores. For a fraction of a core, write ${quantity}m` },
          ];
        if (resource === 'memory' && amount > 0 && amount < leastMemory)
          return [{ path, must: 'be at least 1Mi' }];
        return [];
      }),
    ),
});
