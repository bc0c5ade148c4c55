import type { Unresolved } from '../../config/schema/unresolved';
import type { AlertingRule, Scope } from '../rule';
import { select } from '../selector';

/** The metric that shows the work of a worker. */
export interface WorkerMetrics {
  readonly job: string;
  /** The name of the counter of completed tasks. */
  readonly counter: string;
  /** The longest normal time without a task, such as `2h`. */
  readonly quietFor: string;
}

/** The worker completes no tasks. A worker without a port has no metrics, so the alert stays unresolved. */
export function workerRules(scope: Scope, worker: WorkerMetrics | Unresolved): AlertingRule[] {
  const name = 'WorkerSilent';
  const summary = 'The worker has completed no task for longer than it is ever idle.';
  if ('unresolved' in worker) return [{ name, summary, unresolved: worker.unresolved }];
  const { job, counter, quietFor } = worker;
  return [
    {
      name,
      expression: `sum by (cluster, job) (increase(${select(counter, scope, job)}[${quietFor}])) == 0`,
      for: '5m',
      severity: 'critical',
      summary,
      action: `kubectl get pods -n ${scope.namespace} -l app.kubernetes.io/component=worker, and its logs. Reminders and digests are late until it runs. Never start a second worker.`,
      emittedBy: job,
      series: [{ name: counter, standing: 'stated', source: 'by the configuration' }],
    },
  ];
}
