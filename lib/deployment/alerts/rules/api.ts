import type { Unresolved } from '../../config/schema/unresolved';
import type { AlertingRule, AlertRule, Scope } from '../rule';
import { select } from '../selector';

/** The known metrics of an HTTP service written in Go. */
export interface ApiMetrics {
  readonly job: string;
  /** The name of the histogram of request durations, without `_bucket`. Its unit must be seconds. */
  readonly latencyHistogram: string | Unresolved;
  /** The CPU request of one pod, in cores. The alert's 70 % refer to it, like the autoscaler's. */
  readonly requestedCores: number;
}

/** The scaling triggers for the API (book 20). */
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
      'Open the traces of the slowest requests. Slow in Postgres: look at Neon. Slow everywhere: look at the CPU. Cacheable paths can move to Cloudflare (book 20, scaling triggers).',
    emittedBy: job,
    series: [{ name: buckets, standing: 'stated', source: 'by the configuration' }],
  };
}

/**
 * The Go client's CPU counter, because the kubelet's metrics would need an API token. The average over the
 * pods is the autoscaler's value.
 */
function cpuHigh(scope: Scope, { job, requestedCores }: ApiMetrics): AlertRule {
  const series = 'process_cpu_seconds_total';
  return {
    name: 'ApiCpuHigh',
    expression: `avg by (cluster) (rate(${select(series, scope, job)}[5m])) / ${requestedCores} > 0.7`,
    for: '15m',
    severity: 'warning',
    summary: `The pods of ${job} use {{ $value | humanizePercentage }} of their CPU request of ${requestedCores} cores.`,
    action: `Autoscaled: kubectl get hpa -n ${scope.namespace}; at its maximum it needs more nodes, or a higher maximum. Not autoscaled: raise replicas, or the request (book 20, scaling triggers).`,
    emittedBy: job,
    series: [
      {
        name: series,
        standing: 'assumed',
        source: `Go's Prometheus client emits it unless its process collector is left out; the metrics page of ${job} shows it`,
      },
    ],
  };
}
