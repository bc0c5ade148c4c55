import type { Unresolved } from '../../config/schema/unresolved';
import type { AlertingRule, Scope } from '../rule';
import { select } from '../selector';

/** The metric that shows that a worker completes tasks. */
export interface WorkerMetrics {
  readonly job: string;
  /** The name of the counter of completed tasks. */
  readonly counter: string;
  /** The longest time in which the worker normally completes no task, such as `2h`. */
  readonly quietFor: string;
}

/**
 * An alert for a worker that completes no tasks. For a worker without a metrics port, the alert is
 * unresolved.
 */
export function workerRules(scope: Scope, worker: WorkerMetrics | Unresolved): AlertingRule[] {
  const name = 'WorkerSilent';
  const summary = 'The worker has completed no task for longer than its longest normal pause.';
  if ('unresolved' in worker) return [{ name, summary, unresolved: worker.unresolved }];
  const { job, counter, quietFor } = worker;
  return [
    {
      name,
      expression: `sum by (cluster, job) (increase(${select(counter, scope, job)}[${quietFor}])) == 0`,
      for: '5m',
      severity: 'critical',
      summary,
      action: `Look at the pod and its logs: kubectl get pods -n ${scope.namespace} -l app.kubernetes.io/component=worker. Until the worker runs, reminders and digests are late. Never start a second worker.`,
      emittedBy: job,
      series: [{ name: counter, standing: 'stated', source: 'by the configuration' }],
    },
  ];
}
