import type { AlertRule, Scope, Series } from '../rule';
import { select } from '../selector';

/** The Unix time in seconds of the last successful backup. */
const lastSuccess: Series = {
  name: 'postgres_backup_last_success_timestamp_seconds',
  standing: 'documented',
  source: 'the backup of this repository pushes it after the upload',
};

/** @param job the label `job` of the pushed metrics, which is also the name of the CronJob */
export function backupRules(scope: Scope, job: string): AlertRule[] {
  const series = select(lastSuccess.name, scope, job);
  // The backup pushes one sample a night. Without last_over_time, a query would see the sample for only five
  // minutes.
  const age = `time() - max by (cluster, job) (last_over_time(${series}[7d]))`;
  return [
    {
      name: 'BackupTooOld',
      expression: `${age} > 26 * 3600 or absent_over_time(${series}[7d])`,
      for: '15m',
      severity: 'critical',
      summary: 'No backup of Postgres has succeeded for 26 hours.',
      action: `kubectl get jobs -n ${scope.namespace} lists the backups; the log of the last one shows which step failed first. Correct the cause, then run a backup: kubectl create job -n ${scope.namespace} --from=cronjob/${job} ${job}-by-hand. This alert also fires until the first backup has succeeded.`,
      emittedBy: job,
      series: [lastSuccess],
    },
  ];
}
