import type { Unresolved } from '../../config/schema/unresolved';
import type { AlertingRule, AlertRule, Scope } from '../rule';
import { select } from '../selector';

/** The metrics of an HTTP service that is written in Go. */
export interface ApiMetrics {
  readonly job: string;
  /** The name of the histogram of request durations in seconds, without `_bucket`. */
  readonly latencyHistogram: string | Unresolved;
  /**
   * The CPU request of one pod, in cores. The alert fires at 70 % of the request.
   */
  readonly requestedCores: number;
}

/** The alerts that tell when to scale the API (book 20, scaling triggers). */
export function apiRules(scope: Scope, api: ApiMetrics): AlertingRule[] {
  return [latencyHigh(scope, api), cpuHigh(scope, api)];
}

function latencyHigh(scope: Scope, { job, latencyHistogram }: ApiMetrics): AlertingRule {
  const name = 'ApiLatencyHigh';
  const summary = 'One request in a hundred takes longer than 500 ms.';
  if (typeof latencyHistogram !== 'string') return { name, summary, unresolved: latencyHistogram.unresolved };
  const buckets = `${latencyHistogram}_bucket`;
  return {
    name,
    expression: `histogram_quantile(0.99, sum by (cluster, le) (rate(${select(buckets, scope, job)}[5m]))) > 0.5`,
    for: '10m',
    severity: 'warning',
    summary,
    action:
      'Open the traces of the slowest requests. If Postgres is slow, look at Neon. If everything is slow, look at the CPU. Cloudflare can cache paths whose responses are cacheable (book 20, scaling triggers).',
    emittedBy: job,
    series: [{ name: buckets, standing: 'stated', source: 'by the configuration' }],
  };
}

/**
 * Uses the CPU counter of Go's Prometheus client, because reading the kubelet's metrics needs a token for the
 * API server. The average over the pods is also what the autoscaler compares.
 */
function cpuHigh(scope: Scope, { job, requestedCores }: ApiMetrics): AlertRule {
  const series = 'process_cpu_seconds_total';
  return {
    name: 'ApiCpuHigh',
    expression: `avg by (cluster) (rate(${select(series, scope, job)}[5m])) / ${requestedCores} > 0.7`,
    for: '15m',
    severity: 'warning',
    summary: `The pods of ${job} use {{ $value | humanizePercentage }} of their CPU request of ${requestedCores} cores.`,
    action: `If the workload is autoscaled, kubectl get hpa -n ${scope.namespace} shows whether it has reached its maximum: add nodes, or raise the maximum. If not, raise replicas or the CPU request (book 20, scaling triggers).`,
    emittedBy: job,
    series: [
      {
        name: series,
        standing: 'assumed',
        source: `Go's Prometheus client emits it unless its process collector is left out; verify it on the metrics page of ${job}`,
      },
    ],
  };
}
