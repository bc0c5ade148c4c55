import { keyStep } from '../../../kubernetes/path';
import { parseQuantity } from '../../../kubernetes/quantity';
import { containers } from '../parts';
import { type Fault, rule } from '../rule';

/** No machine has as many cores for one container. */
const cores = 256;
/** A container runtime cannot start a process in less. */
const leastMemory = 2 ** 20;

export const plausibleResources = rule({
  id: 'plausible-resources',
  sentence: 'A container asks for an amount of CPU and memory that a node can have and a process can use.',
  why: 'A forgotten unit is another amount: 500 is 500 cores, and 512 is 512 bytes. The API server accepts both, and the pod never runs.',
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
          return [{ path, must: `be less than ${cores} cores; ${quantity}m is a fraction of one` }];
        if (resource === 'memory' && amount > 0 && amount < leastMemory)
          return [{ path, must: 'be at least 1Mi, in which a process can start' }];
        return [];
      }),
    ),
});
