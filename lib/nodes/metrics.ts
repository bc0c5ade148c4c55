import type { NodeFile } from './node-setup';

/**
 * The port at which a metrics agent reads the metrics of a node. 9100 is the port of node-exporter, and 9101 that of
 * Traefik.
 */
export const nodeMetricsPort = 9102;
export const metricsSocket = 'honeydue-metrics.socket';
const program = '/usr/local/sbin/honeydue-metrics';

/** The names of the metrics of a node. */
export const nodeSeries = {
  /** The time of the first upgrade that requires the pending reboot. 0 if no reboot is pending. */
  rebootRequired: 'node_reboot_required_timestamp_seconds',
  /** The time of the last clock synchronisation. 0 if the clock was not synchronised since the boot. */
  clockSynchronised: 'node_clock_synchronized_timestamp_seconds',
} as const;

/**
 * Serves two metrics that no other program on the node exports. systemd listens on the port, and starts the program
 * for each request.
 *
 * @param address the address of the node on the network between the nodes, to which the agent connects
 */
export function metricsFiles(address: string): NodeFile[] {
  return [
    { path: program, mode: '0755', text: answer },
    {
      path: '/etc/systemd/system/honeydue-metrics@.service',
      mode: '0644',
      text: `[Unit]
Description=Answer one request for this node's metrics
CollectMode=inactive-or-failed

[Service]
ExecStart=${program}
StandardInput=socket
StandardError=journal
RuntimeMaxSec=10s
# Without this, every request is two lines of the journal.
LogLevelMax=notice
DynamicUser=yes
PrivateNetwork=yes
ProtectSystem=strict
ProtectHome=yes
`,
      after: 'reload-units',
    },
    {
      path: `/etc/systemd/system/${metricsSocket}`,
      mode: '0644',
      text: `[Unit]
Description=This node's metrics

[Socket]
ListenStream=${address.includes(':') ? `[${address}]` : address}:${nodeMetricsPort}
FreeBind=yes
Accept=yes

[Install]
WantedBy=sockets.target
`,
      after: `restart ${metricsSocket}`,
    },
  ];
}

/**
 * The birth time of the file is the time of the first upgrade that requires a reboot, because later ones only touch
 * the file (/etc/kernel/postinst.d of unattended-upgrades). timesyncd touches its own file at each synchronisation
 * (systemd-timesyncd(8)).
 */
const answer = String.raw`#!/bin/sh
# Answers one HTTP request, for any path, with metrics of this node. systemd accepts the connection and passes it to this program.
set -eu
export LC_ALL=C
end=$(printf '\r')
while IFS= read -r line && [ "$line" != "$end" ] && [ -n "$line" ]; do :; done

reboot=0
if [ -e /run/reboot-required ]; then
  reboot=$(stat -c %W /run/reboot-required)
  # Some kernels do not report the birth time of a file in /run.
  if [ "$reboot" -le 0 ]; then reboot=$(stat -c %Y /run/reboot-required); fi
fi
clock=0
if [ -e /run/systemd/timesync/synchronized ]; then clock=$(stat -c %Y /run/systemd/timesync/synchronized); fi

body="# HELP ${nodeSeries.rebootRequired} Time of the first upgrade that requires the pending reboot; 0 if no reboot is pending.
# TYPE ${nodeSeries.rebootRequired} gauge
${nodeSeries.rebootRequired} $reboot
# HELP ${nodeSeries.clockSynchronised} Time of the last clock synchronisation; 0 if the clock was not synchronised since the boot.
# TYPE ${nodeSeries.clockSynchronised} gauge
${nodeSeries.clockSynchronised} $clock"
printf 'HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s\n' \
  "$(printf '%s\n' "$body" | wc -c)" "$body"
`;
