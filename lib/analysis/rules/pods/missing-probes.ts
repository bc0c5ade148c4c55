import { servingContainers } from '../parts';
import { rule } from '../rule';

export const missingProbes = rule({
  id: 'missing-probes',
  sentence: 'What listens on a port is asked whether it is ready and whether it is alive.',
  why: 'Without readiness a pod gets requests before it can answer them; without liveness one that hangs stays.',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-probes',
  severity: 'high',
  fix: 'State readinessProbe and livenessProbe.',
  parts: servingContainers,
  faults: ({ container }) =>
    (container.ports ?? []).length === 0
      ? undefined
      : (['readinessProbe', 'livenessProbe'] as const).map(
          (field) => container[field] === undefined && { path: field, must: 'be stated' },
        ),
});
