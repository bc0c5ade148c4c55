import { keyStep } from '../../../kubernetes/path';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const sharedEnvVars = rule({
  id: 'shared-env-vars',
  sentence:
    'A ConfigMap that several workloads read with envFrom has no variable that is meant for only one workload.',
  why: 'If the ConfigMap sets PORT or HOSTNAME for one workload, the other workloads also listen on that address.',
  source: 'ours: PORT and HOSTNAME differ between workloads',
  severity: 'high',
  fix: 'Set the variable under env of the workload.',
  parts: objectsOf('ConfigMap'),
  faults: ({ data = {} }, manifests, { object }) => {
    const whole = manifests.references
      .to(object)
      .filter(({ value: { use, key } }) => use === 'environment' && key === undefined);
    const readers = new Set(whole.map((each) => each.object));
    if (readers.size < 2) return undefined;
    return ['PORT', 'HOSTNAME', 'HOST']
      .filter((key) => key in data)
      .map((key) => ({
        path: `data${keyStep(key)}`,
        must: `be absent: ${readers.size} workloads read all keys of the ConfigMap`,
      }));
  },
});
