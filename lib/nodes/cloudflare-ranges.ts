import type { NodeFile } from './node-setup';

export const rangesTimer = 'honeydue-cloudflare-ranges.timer';
export const rangesUnit = 'honeydue-cloudflare-ranges.service';
const program = '/usr/local/sbin/honeydue-cloudflare-ranges';
const stated = '/etc/honeydue/cloudflare-ranges';

/**
 * A monthly unit that compares Cloudflare's published ranges with the list in the configuration. If they differ, the
 * unit fails, and its journal and the node script's `--check` print the difference. The unit changes nothing, because
 * the list is used in three places, which must change together.
 */
export function rangesFiles(ranges: readonly string[]): NodeFile[] {
  return [
    {
      path: stated,
      mode: '0644',
      text: [...ranges]
        .sort()
        .map((range) => `${range}\n`)
        .join(''),
    },
    { path: program, mode: '0755', text: comparison },
    {
      path: `/etc/systemd/system/${rangesUnit}`,
      mode: '0644',
      text: `[Unit]
Description=Compare Cloudflare's ranges with those of the firewalls
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart=${program}
DynamicUser=yes
ProtectSystem=strict
ProtectHome=yes
`,
      after: 'reload-units',
    },
    {
      path: `/etc/systemd/system/${rangesTimer}`,
      mode: '0644',
      text: `[Unit]
Description=Compare Cloudflare's ranges once a month

[Timer]
OnCalendar=monthly
RandomizedDelaySec=6h
Persistent=yes

[Install]
WantedBy=timers.target
`,
      after: `restart ${rangesTimer}`,
    },
  ];
}

/** The prefix `<3>` makes a line of a unit an error in the journal. */
const comparison = String.raw`#!/bin/bash
# Compares the ranges that Cloudflare publishes with the ranges in the firewalls. Changes nothing.
set -euo pipefail
export LC_ALL=C
stated=${stated}
published=$(mktemp)
trap 'rm -f "$published"' EXIT
for list in ips-v4 ips-v6; do
  # The lists end without a line break.
  if ! curl -fsS --retry 5 --max-time 60 -w '\n' "https://www.cloudflare.com/$list" >>"$published"; then
    echo "<3>https://www.cloudflare.com/$list can't be read, so the ranges in the firewalls were not checked." >&2
    exit 2
  fi
done
if ! difference=$(diff <(sort "$stated") <(grep . "$published" | sort)); then
  echo "<3>Cloudflare's published ranges differ from the ranges in the firewalls. A line with > is a new range, which the firewalls block. A line with < is a range that may no longer belong to Cloudflare." >&2
  grep '^[<>]' <<<"$difference" | sed 's/^/<3>/' >&2
  echo '<3>Change config/cloudflare-ip-ranges.json, run npm run synth, then apply the Kubernetes output and the Terraform output, and run the script of every node.' >&2
  exit 1
fi
`;
