import type { Unresolved } from '../../config/schema/unresolved';
import type { AlertingRule, Scope } from '../rule';
import { select } from '../selector';

/** How a worker shows that it works. */
export interface WorkerMetrics {
  readonly job: string;
  /** A counter of the tasks that it has done. */
  readonly counter: string;
  /** The longest that it has nothing to do in peace, such as `2h`. */
  readonly quietFor: string;
}

/** A worker whose tasks stand still. Without a port it emits nothing, and the rule stays unresolved. */
export function workerRules(scope: Scope, worker: WorkerMetrics | Unresolved): AlertingRule[] {
  const name = 'WorkerSilent';
  const summary = 'The worker has done nothing for longer than it ever rests.';
  if ('unresolved' in worker) return [{ name, summary, unresolved: worker.unresolved }];
  const { job, counter, quietFor } = worker;
  return [
    {
      name,
      expression: `sum by (cluster, job) (increase(${select(counter, scope, job)}[${quietFor}])) == 0`,
      for: '5m',
      severity: 'critical',
      summary,
      action: `kubectl get pods -n ${scope.namespace} -l app.kubernetes.io/component=worker, and its logs. Reminders and digests are late until it runs. Never start a second one beside it.`,
      emittedBy: job,
      series: [{ name: counter, standing: 'stated', source: 'by the configuration' }],
    },
  ];
}
