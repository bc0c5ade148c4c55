import { servingContainers } from '../parts';
import { rule } from '../rule';

export const missingProbes = rule({
  id: 'missing-probes',
  sentence: 'Every container with a port has a readiness probe and a liveness probe.',
  why: 'Without a readiness probe, a pod gets requests before it can answer. Without a liveness probe, a container that hangs is never restarted.',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-probes',
  severity: 'high',
  fix: 'Set readinessProbe and livenessProbe.',
  parts: servingContainers,
  faults: ({ container }) =>
    (container.ports ?? []).length === 0
      ? undefined
      : (['readinessProbe', 'livenessProbe'] as const).map(
          (field) => container[field] === undefined && { path: field, must: 'be set' },
        ),
});
