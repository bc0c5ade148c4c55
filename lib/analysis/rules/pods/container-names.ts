import { isDnsLabel } from '../../../kubernetes/names';
import { repeated } from '../../../kubernetes/repeated';
import { pods } from '../parts';
import { rule } from '../rule';

export const containerNames = rule({
  id: 'container-names',
  sentence: 'Every container of a pod has a unique name that is a DNS label.',
  why: 'The API server refuses the pod.',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#detailed-behavior',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Rename the container.',
  parts: pods,
  faults: ({ spec: { initContainers = [], containers = [] } }) => {
    const all = [
      ...initContainers.map(({ name = '' }, index) => ({ key: name, path: `initContainers[${index}].name` })),
      ...containers.map(({ name = '' }, index) => ({ key: name, path: `containers[${index}].name` })),
    ];
    return [
      containers.length === 0 && { path: 'containers', must: 'have a container' },
      ...all
        .filter(({ key }) => !isDnsLabel(key))
        .map(({ path }) => ({ path, must: 'be a DNS label: 1 to 63 characters of a-z, 0-9 and "-"' })),
      ...repeated(all).map(({ path, first }) => ({ path, must: `differ from ${first}` })),
    ];
  },
});
