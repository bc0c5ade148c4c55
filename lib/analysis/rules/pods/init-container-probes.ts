import { containers } from '../parts';
import { rule } from '../rule';

export const initContainerProbes = rule({
  id: 'init-container-probes',
  sentence: 'An init container has no probes and no lifecycle hooks, unless it is a sidecar.',
  why: 'The API server refuses probes and hooks in an init container without restartPolicy: Always.',
  source:
    'https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#differences-from-regular-containers',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Remove the probes and hooks, or set restartPolicy: Always to make the container a sidecar.',
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
