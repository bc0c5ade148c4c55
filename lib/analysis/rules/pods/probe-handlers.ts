import { probes } from '../parts';
import { rule } from '../rule';

export const probeHandlers = rule({
  id: 'probe-handlers',
  sentence: 'Every probe has exactly one handler, and thresholds that its type allows.',
  why: 'The API server refuses two handlers, a successThreshold above 1 for a startup or liveness probe, and a grace period for a readiness probe.',
  source:
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Keep one of exec, httpGet, tcpSocket and grpc.',
  parts: probes,
  faults: ({ probe, field }) => {
    const handlers = (['exec', 'httpGet', 'tcpSocket', 'grpc'] as const).filter(
      (name) => probe[name] !== undefined,
    );
    const found = handlers.length === 0 ? 'has no handler' : `has ${handlers.join(' and ')}`;
    const { successThreshold = 1 } = probe;
    const counts = ['periodSeconds', 'timeoutSeconds', 'failureThreshold'] as const;
    return [
      handlers.length !== 1 && {
        path: '',
        found,
        must: 'have exactly one of exec, httpGet, tcpSocket and grpc',
      },
      field !== 'readinessProbe' &&
        successThreshold !== 1 && { path: 'successThreshold', must: 'be 1, or absent' },
      field === 'readinessProbe' &&
        probe.terminationGracePeriodSeconds !== undefined && {
          path: 'terminationGracePeriodSeconds',
          must: 'be absent: a readiness probe does not stop containers',
        },
      ...counts.map((name) => (probe[name] ?? 1) < 1 && { path: name, must: 'be at least 1' }),
      (probe.initialDelaySeconds ?? 0) < 0 && { path: 'initialDelaySeconds', must: 'be at least 0' },
    ];
  },
});
