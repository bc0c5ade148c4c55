import { isDnsLabel } from '../../../kubernetes/names';
import { repeated } from '../../../kubernetes/repeated';
import { pods } from '../parts';
import { rule } from '../rule';

export const volumes = rule({
  id: 'volumes',
  sentence: 'Every volume of a pod has a unique name that is a DNS label, and at most one source.',
  why: 'The API server refuses the pod.',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Rename the volume, or split it into two volumes.',
  parts: pods,
  faults: ({ spec: { volumes = [] } }) => {
    const named = volumes.map(({ name = '' }, index) => ({ key: name, path: `volumes[${index}].name` }));
    return [
      ...named
        .filter(({ key }) => !isDnsLabel(key))
        .map(({ path }) => ({ path, must: 'be a DNS label: 1 to 63 characters of a-z, 0-9 and "-"' })),
      ...repeated(named).map(({ path, first }) => ({ path, must: `differ from ${first}` })),
      ...volumes.map((volume, index) => {
        const sources = Object.keys(volume).filter((field) => field !== 'name');
        return (
          sources.length > 1 && {
            path: `volumes[${index}]`,
            found: `has ${sources.join(' and ')}`,
            must: 'have one source',
          }
        );
      }),
    ];
  },
});
