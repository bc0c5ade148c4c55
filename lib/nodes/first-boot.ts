/** Where a new server keeps the script that it was made with. Not in PATH: a later run removes it. */
export const firstBootScript = '/var/lib/honeydue/first-boot.sh';
export const firstBootUnit = 'honeydue-first-boot.service';
const unitPath = `/etc/systemd/system/${firstBootUnit}`;
const cloudInitPath = '/var/lib/cloud/scripts/per-boot/honeydue-first-boot';

/** Copies of earlier scripts of ours in PATH, which nothing starts any more. */
const earlier = ['/usr/local/sbin/honeydue-node'];

/** All that a run removes once the server is set up, or once a later script has reached it. */
export const firstBootFiles: readonly string[] = [firstBootScript, unitPath, cloudInitPath, ...earlier];

/** A file that cloud-init writes. */
export interface FirstBootFile {
  readonly path: string;
  readonly mode: string;
  readonly text: string;
}

/**
 * Sets a new server up, and keeps trying, also after a reboot, until the script has succeeded once. The pause between
 * two tries grows to five minutes where systemd is 254 or newer (Ubuntu 24.04); before that it stays at 20 seconds.
 * The script's own exit code 1 means that something is left, so that is tried again too.
 */
export const firstBoot: readonly FirstBootFile[] = [
  {
    path: unitPath,
    mode: '0644',
    text: `[Unit]
Description=Set up this node, and try again until it is set up
Wants=network-online.target
After=network-online.target cloud-init.service
ConditionPathExists=${firstBootScript}
StartLimitIntervalSec=0

[Service]
Type=oneshot
ExecStart=/bin/bash ${firstBootScript} --first-boot
Restart=on-failure
RestartSec=20s
RestartSteps=8
RestartMaxDelaySec=5min
KillMode=mixed
TimeoutStopSec=10min

[Install]
WantedBy=multi-user.target
`,
  },
  {
    path: cloudInitPath,
    mode: '0755',
    text: `#!/bin/sh
# cloud-init runs this at every boot and waits for it, so that cloud-init status does not say done before the node is
# set up. The limit is two hours: then it says error, and the unit keeps trying.
systemctl enable --quiet ${firstBootUnit} && systemctl start --no-block ${firstBootUnit}
waited=0
while [ -e ${firstBootScript} ]; do
  if [ "$waited" -ge 7200 ]; then
    echo 'The node is not set up. ${firstBootUnit} keeps trying: journalctl -u ${firstBootUnit}' >&2
    exit 1
  fi
  sleep 5
  waited=$((waited + 5))
done
`,
  },
];
