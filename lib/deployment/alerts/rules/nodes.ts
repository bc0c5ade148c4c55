import { nodeSeries } from '../../../nodes/metrics';
import type { AlertRule, Scope, Series } from '../rule';
import { select } from '../selector';

const source = 'the node script installs the program that serves it (honeydue-metrics.socket)';
const rebootRequired: Series = { name: nodeSeries.rebootRequired, standing: 'documented', source };
const clockSynchronised: Series = { name: nodeSeries.clockSynchronised, standing: 'documented', source };

/**
 * @param job the job of the nodes' metrics. The label `node` of its series is the name of the Kubernetes node
 */
export function nodeRules(scope: Scope, job: string): AlertRule[] {
  return [rebootPending(scope, job), clockNotSynchronised(scope, job)];
}

/**
 * Until the reboot, the node runs the old kernel with its vulnerabilities. A week leaves time to reboot the
 * nodes one by one on a working day. The node itself reports the age, so a restart of the agent does not
 * reset it.
 */
function rebootPending(scope: Scope, job: string): AlertRule {
  return {
    name: 'NodeRebootPending',
    expression: `time() - (${select(rebootRequired.name, scope, job)} > 0) > 7 * 86400`,
    for: '1h',
    severity: 'warning',
    summary: '{{ $labels.node }} has needed a reboot after an upgrade for {{ $value | humanizeDuration }}.',
    action:
      'Reboot one node at a time: kubectl drain {{ $labels.node }} --ignore-daemonsets --delete-emptydir-data; on the node: sudo systemctl reboot; once it is Ready: kubectl uncordon {{ $labels.node }}. Go on to the next node when kubectl get pods -A lists only pods that are Running or Completed. The file /run/reboot-required.pkgs on the node lists the packages that need the reboot.',
    emittedBy: job,
    series: [rebootRequired],
  };
}

/**
 * timesyncd polls at least every 34 minutes (PollIntervalMaxSec), so a clock that is not synchronised for
 * three hours has missed five polls.
 */
function clockNotSynchronised(scope: Scope, job: string): AlertRule {
  return {
    name: 'NodeClockNotSynchronized',
    expression: `time() - ${select(clockSynchronised.name, scope, job)} > 3 * 3600`,
    for: '15m',
    severity: 'warning',
    summary: 'The clock of {{ $labels.node }} was not synchronised for more than three hours.',
    action:
      'On the node, timedatectl timesync-status shows which time server it queries, and journalctl -u systemd-timesyncd why it gets no answer. Certificates, tokens and etcd leases need a correct clock.',
    emittedBy: job,
    series: [clockSynchronised],
  };
}
