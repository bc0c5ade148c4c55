import { keyStep } from '../../../kubernetes/path';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const sharedEnvVars = rule({
  id: 'shared-env-vars',
  sentence: 'A ConfigMap that several workloads read as a whole holds nothing that belongs to one of them.',
  why: 'PORT and HOSTNAME of one workload make every other listen where nobody asks.',
  source: 'chapter 7, overview',
  severity: 'high',
  fix: "State it in the workload's own env.",
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
        must: `be absent: ${readers.size} workloads read the whole of it`,
      }));
  },
});
