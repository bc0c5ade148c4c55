/**
 * The path of the script with which a server is created. It is not in PATH, and a later run of a newer script removes
 * it.
 */
export const firstBootScript = '/var/lib/honeydue/first-boot.sh';
export const firstBootUnit = 'honeydue-first-boot.service';
const unitPath = `/etc/systemd/system/${firstBootUnit}`;
const cloudInitPath = '/var/lib/cloud/scripts/per-boot/honeydue-first-boot';

/** Paths at which earlier versions of this tool put the script. */
const earlier = ['/usr/local/sbin/honeydue-node'];

/** The files that a run removes after the server is set up, or after a newer script has run. */
export const firstBootFiles: readonly string[] = [firstBootScript, unitPath, cloudInitPath, ...earlier];

/** A file that cloud-init writes. */
export interface FirstBootFile {
  readonly path: string;
  readonly mode: string;
  readonly text: string;
}

/**
 * Sets up a new server. The unit tries again, also after a reboot, until the script has succeeded once. The exit code
 * 1 of the script means that differences are left, so it counts as a failure too. With systemd 254 or newer (Ubuntu
 * 24.04), the pause between two tries grows to five minutes; with older versions it is 20 seconds.
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
# cloud-init runs this script at every boot and waits until the script ends. cloud-init status therefore reports done only
# after the node is set up. After two hours, cloud-init status reports error, and the unit continues to try.
systemctl enable --quiet ${firstBootUnit} && systemctl start --no-block ${firstBootUnit}
waited=0
while [ -e ${firstBootScript} ]; do
  if [ "$waited" -ge 7200 ]; then
    echo 'The node is not set up yet. ${firstBootUnit} tries again; to see why it failed: journalctl -u ${firstBootUnit}' >&2
    exit 1
  fi
  sleep 5
  waited=$((waited + 5))
done
`,
  },
];
