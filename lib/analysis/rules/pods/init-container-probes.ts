import { containers } from '../parts';
import { rule } from '../rule';

export const initContainerProbes = rule({
  id: 'init-container-probes',
  sentence: 'An init container that runs to its end has no probes and no hooks.',
  why: 'The API server refuses them, unless it is a sidecar: restartPolicy Always.',
  source:
    'https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#differences-from-regular-containers',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Remove them, or make it a sidecar.',
  rare: true,
  parts: containers,
  faults: ({ container, isInit }) =>
    isInit
      ? (['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'] as const).map(
          (field) =>
            container[field] !== undefined && { path: field, must: 'be absent from an init container' },
        )
      : undefined,
});
