import type { AlertRule, Scope, Series } from '../rule';
import { select } from '../selector';

/** A Unix time in seconds. */
const lastSuccess: Series = {
  name: 'postgres_backup_last_success_timestamp_seconds',
  standing: 'documented',
  source: "this repository's backup pushes it after the upload",
};

/** @param job the job label of the pushed metrics, which is also the CronJob's name */
export function backupRules(scope: Scope, job: string): AlertRule[] {
  const series = select(lastSuccess.name, scope, job);
  // The sample is pushed once a night, and a query sees it for only five minutes without last_over_time.
  const age = `time() - max by (cluster, job) (last_over_time(${series}[7d]))`;
  return [
    {
      name: 'BackupTooOld',
      expression: `${age} > 26 * 3600 or absent_over_time(${series}[7d])`,
      for: '15m',
      severity: 'critical',
      summary: 'No backup of Postgres has succeeded for 26 hours.',
      action: `kubectl get jobs -n ${scope.namespace}, and the logs of the last backup: its first failed step says why. Then run it: kubectl create job -n ${scope.namespace} --from=cronjob/${job} ${job}-by-hand. It also fires before the first backup ever.`,
      emittedBy: job,
      series: [lastSuccess],
    },
  ];
}
