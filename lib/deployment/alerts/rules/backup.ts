import type { AlertRule, Scope, Series } from '../rule';
import { select } from '../selector';

/** Unix time, in seconds. */
const lastSuccess: Series = {
  name: 'postgres_backup_last_success_timestamp_seconds',
  standing: 'documented',
  source: 'the backup of this repository pushes it after the upload',
};

/** @param job what the backup calls itself when it pushes, and its CronJob's name */
export function backupRules(scope: Scope, job: string): AlertRule[] {
  const series = select(lastSuccess.name, scope, job);
  // Pushed once a night, a sample is only seen for five minutes unless one looks back for it.
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
