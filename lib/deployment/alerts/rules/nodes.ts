import { nodeSeries } from '../../../nodes/metrics';
import type { AlertRule, Scope, Series } from '../rule';
import { select } from '../selector';

const source = "the node's script installs its source (honeydue-metrics.socket)";
const rebootRequired: Series = { name: nodeSeries.rebootRequired, standing: 'documented', source };
const clockSynchronised: Series = { name: nodeSeries.clockSynchronised, standing: 'documented', source };

/** @param job the nodes' job. Its series have the node's name in Kubernetes as the label `node` */
export function nodeRules(scope: Scope, job: string): AlertRule[] {
  return [rebootPending(scope, job), clockNotSynchronised(scope, job)];
}

/**
 * Until the reboot the old kernel runs, with its vulnerabilities. A week leaves a working day to reboot the
 * nodes one by one. The node reports the age, so a restart of the agent does not reset it.
 */
function rebootPending(scope: Scope, job: string): AlertRule {
  return {
    name: 'NodeRebootPending',
    expression: `time() - (${select(rebootRequired.name, scope, job)} > 0) > 7 * 86400`,
    for: '1h',
    severity: 'warning',
    summary: 'An upgrade of {{ $labels.node }} has waited for a reboot for {{ $value | humanizeDuration }}.',
    action:
      'One node at a time: kubectl drain {{ $labels.node }} --ignore-daemonsets --delete-emptydir-data; on the node: sudo systemctl reboot; once it is Ready: kubectl uncordon {{ $labels.node }}. Go on to the next node when kubectl get pods -A shows no pod that is not Running or Completed. /run/reboot-required.pkgs on the node names the packages.',
    emittedBy: job,
    series: [rebootRequired],
  };
}

/**
 * timesyncd polls at least every 34 minutes (PollIntervalMaxSec), so after three hours five answers are
 * missing.
 */
function clockNotSynchronised(scope: Scope, job: string): AlertRule {
  return {
    name: 'NodeClockNotSynchronized',
    expression: `time() - ${select(clockSynchronised.name, scope, job)} > 3 * 3600`,
    for: '15m',
    severity: 'warning',
    summary: 'The clock of {{ $labels.node }} was not synchronised for more than three hours.',
    action:
      "On the node: timedatectl timesync-status says which server it asks, and journalctl -u systemd-timesyncd why it gets no answer. Certificates, tokens and etcd's leases depend on the clock.",
    emittedBy: job,
    series: [clockSynchronised],
  };
}
