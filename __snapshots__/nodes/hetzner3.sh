#!/bin/bash
# hetzner3 (ubuntu-8gb-nbg1-3): what this node is to be, and below it the engine that makes it so.
#
#   sudo bash hetzner3.sh --check    prints what differs, and changes nothing
#   sudo bash hetzner3.sh            makes it so; k3s restarts only with --restart-k3s
#   sudo bash hetzner3.sh --help     says the rest
#
# Made by `npm run synth` from the configuration: change that, not this.
#
# UNRESOLVED: this changes nothing before these are known.
#   access.authorizedKeys: ssh hetzner1 sudo cat /home/deploy/.ssh/authorized_keys
#   access.networks: ssh hetzner1 sudo ufw status | grep -E '22|6443'
#   cluster.registry.user: kubectl get secret gitea-credentials -n honeydue -o jsonpath='{.data.\.dockerconfigjson}' | base64 -d | jq -r '.auths[].username'
set -Eeuo pipefail
export LC_ALL=C

name=hetzner3
hostname=ubuntu-8gb-nbg1-3
k3s_unit=k3s.service
k3s_data=/var/lib/rancher/k3s/server/db/etcd/member/wal # there, k3s has joined
k3s_version=v1.34.6+k3s1
k3s_architecture=amd64
k3s_sha256='' # not pinned: the checksum file of the release is used
k3s_address=178.104.249.189
k3s_join=178.104.247.152 # the server to join; without one this node initialises a new cluster
k3s_first=hetzner1 # the server that the others join
k3s_servers='hetzner1=178.104.247.152 hetzner2=178.105.32.198' # the other ones
k3s_flannel_backend=vxlan
k3s_secrets_encryption=false

# --- What must hold first ---

describe_guards() {
  machine ubuntu-8gb-nbg1-3
  unresolved access.authorizedKeys 'ssh hetzner1 sudo cat /home/deploy/.ssh/authorized_keys'
  unresolved access.networks 'ssh hetzner1 sudo ufw status | grep -E '\''22|6443'\'''
  unresolved cluster.registry.user 'kubectl get secret gitea-credentials -n honeydue -o jsonpath='\''{.data.\.dockerconfigjson}'\'' | base64 -d | jq -r '\''.auths[].username'\'''
  logged_on_over 22 <<'END'
END
  guard_firewall
  guard_units fail2ban.service systemd-timesyncd.service ufw.service unattended-upgrades.service honeydue-metadata.service honeydue-cloudflare-ranges.timer honeydue-metrics.socket k3s.service
  guard_k3s
  token
  guard_restore
}

# --- What is to be ---

describe() {
  package ca-certificates curl fail2ban iproute2 nftables openssh-server python3-systemd sudo systemd-timesyncd ufw unattended-upgrades
  account deploy
  file 0440 root:root /etc/sudoers.d/90-honeydue '' sudoers <<'END'
deploy ALL=(ALL:ALL) NOPASSWD: ALL
END
  file 0644 root:root /etc/ssh/sshd_config.d/10-honeydue.conf reload-ssh sshd <<'END'
Port 22
PubkeyAuthentication yes
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
END
  file 0644 root:root /etc/systemd/system/ssh.socket.d/10-honeydue.conf reload-ssh <<'END'
[Socket]
BindIPv6Only=ipv6-only
ListenStream=
ListenStream=0.0.0.0:22
ListenStream=[::]:22
END
  file 0644 root:root /etc/sysctl.d/90-honeydue.conf <<'END'
net.ipv4.ip_unprivileged_port_start = 0
vm.overcommit_memory = 1
vm.panic_on_oom = 0
kernel.panic = 10
kernel.panic_on_oops = 1
END
  file 0644 root:root /etc/modules-load.d/honeydue.conf 'restart systemd-modules-load.service' <<'END'
ip_vs
ip_vs_rr
ip_vs_sh
ip_vs_wrr
nf_conntrack
END
  file 0644 root:root /etc/apt/apt.conf.d/20auto-upgrades <<'END'
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
END
  file 0644 root:root /etc/apt/apt.conf.d/52honeydue-unattended-upgrades <<'END'
#clear Unattended-Upgrade::Allowed-Origins;
Unattended-Upgrade::Allowed-Origins {
  "${distro_id}:${distro_codename}-security";
  "${distro_id}ESMApps:${distro_codename}-apps-security";
  "${distro_id}ESM:${distro_codename}-infra-security";
};
Unattended-Upgrade::Automatic-Reboot "false";
END
  file 0644 root:root /etc/needrestart/conf.d/honeydue.conf <<'END'
$nrconf{override_rc}->{qr(^k3s)} = 0;
END
  file 0644 root:root /etc/fail2ban/jail.d/honeydue.local 'restart fail2ban.service' <<'END'
[sshd]
enabled = true
backend = systemd
port = 22
maxretry = 5
bantime = 10m
ignoreip = 127.0.0.1/8 ::1
END
  file 0644 root:root /etc/honeydue/metadata.nft 'restart honeydue-metadata.service' <<'END'
table inet honeydue_metadata
delete table inet honeydue_metadata
table inet honeydue_metadata {
  chain forward {
    type filter hook forward priority -10; policy accept;
    ip daddr 169.254.169.254 counter reject
  }
  chain output {
    type filter hook output priority -10; policy accept;
    ip daddr 169.254.169.254 meta skuid != 0 counter reject
  }
}
END
  file 0644 root:root /etc/systemd/system/honeydue-metadata.service reload-units <<'END'
[Unit]
Description=Keep 169.254.169.254 from pods
Before=k3s.service k3s-agent.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft -f /etc/honeydue/metadata.nft

[Install]
WantedBy=multi-user.target
END
  file 0644 root:root /etc/honeydue/cloudflare-ranges <<'END'
103.21.244.0/22
103.22.200.0/22
103.31.4.0/22
104.16.0.0/13
104.24.0.0/14
108.162.192.0/18
131.0.72.0/22
141.101.64.0/18
162.158.0.0/15
172.64.0.0/13
173.245.48.0/20
188.114.96.0/20
190.93.240.0/20
197.234.240.0/22
198.41.128.0/17
2400:cb00::/32
2405:8100::/32
2405:b500::/32
2606:4700::/32
2803:f800::/32
2a06:98c0::/29
2c0f:f248::/32
END
  file 0755 root:root /usr/local/sbin/honeydue-cloudflare-ranges <<'END'
#!/bin/bash
# Compares the ranges that Cloudflare publishes with those that the firewalls know. Changes nothing.
set -euo pipefail
export LC_ALL=C
stated=/etc/honeydue/cloudflare-ranges
published=$(mktemp)
trap 'rm -f "$published"' EXIT
for list in ips-v4 ips-v6; do
  # The lists end without a line break.
  if ! curl -fsS --retry 5 --max-time 60 -w '\n' "https://www.cloudflare.com/$list" >>"$published"; then
    echo "<3>https://www.cloudflare.com/$list can't be read: whether the firewalls' ranges are right is not known." >&2
    exit 2
  fi
done
if ! difference=$(diff <(sort "$stated") <(grep . "$published" | sort)); then
  echo "<3>Cloudflare's ranges are no longer those of the firewalls: > is new and is kept out, < may be another's by now." >&2
  grep '^[<>]' <<<"$difference" | sed 's/^/<3>/' >&2
  echo '<3>Change config/cloudflare-ip-ranges.json, synthesize, and apply both sides and every node.' >&2
  exit 1
fi
END
  file 0644 root:root /etc/systemd/system/honeydue-cloudflare-ranges.service reload-units <<'END'
[Unit]
Description=Compare Cloudflare's ranges with those of the firewalls
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart=/usr/local/sbin/honeydue-cloudflare-ranges
DynamicUser=yes
ProtectSystem=strict
ProtectHome=yes
END
  file 0644 root:root /etc/systemd/system/honeydue-cloudflare-ranges.timer 'restart honeydue-cloudflare-ranges.timer' <<'END'
[Unit]
Description=Compare Cloudflare's ranges once a month

[Timer]
OnCalendar=monthly
RandomizedDelaySec=6h
Persistent=yes

[Install]
WantedBy=timers.target
END
  file 0755 root:root /usr/local/sbin/honeydue-metrics <<'END'
#!/bin/sh
# Answers one HTTP request, whatever its path, with metrics of this node. systemd hands the connection over.
set -eu
export LC_ALL=C
end=$(printf '\r')
while IFS= read -r line && [ "$line" != "$end" ] && [ -n "$line" ]; do :; done

reboot=0
if [ -e /run/reboot-required ]; then
  reboot=$(stat -c %W /run/reboot-required)
  # A kernel that does not tell the birth of a file of /run.
  if [ "$reboot" -le 0 ]; then reboot=$(stat -c %Y /run/reboot-required); fi
fi
clock=0
if [ -e /run/systemd/timesync/synchronized ]; then clock=$(stat -c %Y /run/systemd/timesync/synchronized); fi

body="# HELP node_reboot_required_timestamp_seconds When an upgrade first asked for the reboot that is pending; 0 while none is.
# TYPE node_reboot_required_timestamp_seconds gauge
node_reboot_required_timestamp_seconds $reboot
# HELP node_clock_synchronized_timestamp_seconds When the clock was synchronised last; 0 while it was not since the boot.
# TYPE node_clock_synchronized_timestamp_seconds gauge
node_clock_synchronized_timestamp_seconds $clock"
printf 'HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s\n' \
  "$(printf '%s\n' "$body" | wc -c)" "$body"
END
  file 0644 root:root /etc/systemd/system/honeydue-metrics@.service reload-units <<'END'
[Unit]
Description=Answer one request for this node's metrics
CollectMode=inactive-or-failed

[Service]
ExecStart=/usr/local/sbin/honeydue-metrics
StandardInput=socket
StandardError=journal
RuntimeMaxSec=10s
# Without this, every request is two lines of the journal.
LogLevelMax=notice
DynamicUser=yes
PrivateNetwork=yes
ProtectSystem=strict
ProtectHome=yes
END
  file 0644 root:root /etc/systemd/system/honeydue-metrics.socket 'restart honeydue-metrics.socket' <<'END'
[Unit]
Description=This node's metrics

[Socket]
ListenStream=178.104.249.189:9102
FreeBind=yes
Accept=yes

[Install]
WantedBy=sockets.target
END
  rule Cloudflare 'allow from 173.245.48.0/20 to any port 443 proto tcp'
  rule Cloudflare 'allow from 103.21.244.0/22 to any port 443 proto tcp'
  rule Cloudflare 'allow from 103.22.200.0/22 to any port 443 proto tcp'
  rule Cloudflare 'allow from 103.31.4.0/22 to any port 443 proto tcp'
  rule Cloudflare 'allow from 141.101.64.0/18 to any port 443 proto tcp'
  rule Cloudflare 'allow from 108.162.192.0/18 to any port 443 proto tcp'
  rule Cloudflare 'allow from 190.93.240.0/20 to any port 443 proto tcp'
  rule Cloudflare 'allow from 188.114.96.0/20 to any port 443 proto tcp'
  rule Cloudflare 'allow from 197.234.240.0/22 to any port 443 proto tcp'
  rule Cloudflare 'allow from 198.41.128.0/17 to any port 443 proto tcp'
  rule Cloudflare 'allow from 162.158.0.0/15 to any port 443 proto tcp'
  rule Cloudflare 'allow from 104.16.0.0/13 to any port 443 proto tcp'
  rule Cloudflare 'allow from 104.24.0.0/14 to any port 443 proto tcp'
  rule Cloudflare 'allow from 172.64.0.0/13 to any port 443 proto tcp'
  rule Cloudflare 'allow from 131.0.72.0/22 to any port 443 proto tcp'
  rule Cloudflare 'allow from 2400:cb00::/32 to any port 443 proto tcp'
  rule Cloudflare 'allow from 2606:4700::/32 to any port 443 proto tcp'
  rule Cloudflare 'allow from 2803:f800::/32 to any port 443 proto tcp'
  rule Cloudflare 'allow from 2405:b500::/32 to any port 443 proto tcp'
  rule Cloudflare 'allow from 2405:8100::/32 to any port 443 proto tcp'
  rule Cloudflare 'allow from 2a06:98c0::/29 to any port 443 proto tcp'
  rule Cloudflare 'allow from 2c0f:f248::/32 to any port 443 proto tcp'
  rule node 'allow from 178.104.247.152 to any port 2379:2380,6443,9101,9102,10250 proto tcp'
  rule 'node, flannel' 'allow from 178.104.247.152 to any port 8472 proto udp'
  rule node 'allow from 178.105.32.198 to any port 2379:2380,6443,9101,9102,10250 proto tcp'
  rule 'node, flannel' 'allow from 178.105.32.198 to any port 8472 proto udp'
  rule pods 'allow from 10.42.0.0/16'
  rule Services 'allow from 10.43.0.0/16'
  firewall
  settle
  sshd_in_force root <<'END'
port 22
pubkeyauthentication yes
passwordauthentication no
kbdinteractiveauthentication no
permitrootlogin prohibit-password
END
  sshd_in_force deploy <<'END'
port 22
pubkeyauthentication yes
passwordauthentication no
kbdinteractiveauthentication no
permitrootlogin prohibit-password
END
  listens 22
  kernel net.ipv4.ip_unprivileged_port_start 0
  kernel vm.overcommit_memory 1
  kernel vm.panic_on_oom 0
  kernel kernel.panic 10
  kernel kernel.panic_on_oops 1
  unit fail2ban.service
  unit systemd-timesyncd.service
  unit ufw.service
  unit unattended-upgrades.service
  unit honeydue-metadata.service
  unit honeydue-cloudflare-ranges.timer
  unit honeydue-metrics.socket
  nftables honeydue_metadata honeydue-metadata.service
  succeeded honeydue-cloudflare-ranges.service 'Cloudflare'\''s ranges may have changed; journalctl -u honeydue-cloudflare-ranges.service says how'
  clock
  node_address
  k3s_file 0600 /etc/rancher/k3s/config.yaml <<'END'
server: https://178.104.247.152:6443
node-name: ubuntu-8gb-nbg1-3
node-ip: 178.104.249.189
tls-san:
  - 178.104.249.189
flannel-backend: vxlan
disable:
  - servicelb
protect-kernel-defaults: true
kube-proxy-arg:
  - proxy-mode=ipvs
kube-apiserver-arg:
  - audit-policy-file=/etc/rancher/k3s/audit-policy.yaml
  - audit-log-path=/var/log/k3s/audit.log
  - audit-log-maxage=30
  - audit-log-maxbackup=10
  - audit-log-maxsize=100
kubelet-arg:
  - system-reserved=cpu=100m,memory=256Mi
  - kube-reserved=cpu=250m,memory=1536Mi
etcd-snapshot-schedule-cron: 0 */6 * * *
etcd-snapshot-retention: 28
etcd-snapshot-compress: true
etcd-s3: true
etcd-s3-config-secret: k3s-etcd-snapshot-s3-config
END
  k3s_file 0600 /etc/rancher/k3s/audit-policy.yaml <<'END'
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
  - level: None
    nonResourceURLs: ["/healthz*", "/livez*", "/readyz*", "/version", "/openapi/*"]
  - level: None
    resources:
      - group: ""
        resources: [events]
      - group: events.k8s.io
        resources: [events]
      - group: coordination.k8s.io
        resources: [leases]
  - level: None
    users:
      - system:apiserver
      - system:kube-controller-manager
      - system:kube-proxy
      - system:kube-scheduler
    verbs: [get, list, watch]
  - level: None
    userGroups: ["system:nodes"]
    verbs: [get, list, watch]
  - level: Metadata
END
  k3s_file 0644 /etc/systemd/system/k3s.service <<'END'
[Unit]
Description=Lightweight Kubernetes
Documentation=https://k3s.io
Wants=network-online.target
After=network-online.target honeydue-metadata.service

[Service]
Type=notify
EnvironmentFile=-/etc/systemd/system/k3s.service.env
KillMode=process
Delegate=yes
LimitNOFILE=1048576
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity
TimeoutStartSec=0
Restart=always
RestartSec=5s
ExecStartPre=-/sbin/modprobe br_netfilter
ExecStartPre=-/sbin/modprobe overlay
ExecStart=/usr/local/bin/k3s server

[Install]
WantedBy=multi-user.target
END
  k3s_server
  bucket k3s-etcd-snapshot-s3-config 84
}

# --- The engine ---

usage() {
  cat <<END
Usage: $0 [--check] [--restart-k3s] [--change-flannel-backend] [--first-boot] [--root DIR]
       $0 [--check] --restore-etcd SNAPSHOT [--lost-server NAME]...
       $0 [--check] --rejoin-etcd

Makes this node what the table above says. Run again, it changes nothing.

  --check                    change nothing and print the differences
  --restart-k3s              let k3s have its changes too: once every etcd member is healthy it restarts on this
                             node, one node at a time. Without this, what k3s reads stays as it is
  --change-flannel-backend   accept that pods of different nodes can't reach each other until k3s has been
                             restarted on every node. Only together with --restart-k3s
  --first-boot               what honeydue-first-boot.service of a new server runs: a failure is one line of the
                             console, and the unit tries again
  --restore-etcd SNAPSHOT    make etcd what it was in a snapshot: an absolute path of this node, or the name of one in
                             the bucket. Every other server's k3s must be stopped
  --lost-server NAME         accept that this server gives no answer: it is off or gone, and never starts again with
                             the data that it has
  --rejoin-etcd              give up this member's data and join the cluster without it
  --root DIR                 rehearse below DIR

Exit codes: 0 the node is as described; 1 differences are left; 2 refused or failed.
END
}

check='' restart_wanted='' flannel_change_wanted='' first_boot='' root='' restore_snapshot='' rejoin_wanted='' lost_servers=''
differences=0 left=0 refusals=0 mending=''

arguments() {
  while (($# > 0)); do
    case $1 in
      --check) check=yes ;;
      --restart-k3s) restart_wanted=yes ;;
      --change-flannel-backend) flannel_change_wanted=yes ;;
      --first-boot) first_boot=yes ;;
      --rejoin-etcd) rejoin_wanted=yes ;;
      --root | --restore-etcd | --lost-server)
        if (($# < 2)) || [[ -z $2 ]]; then printf '%s needs a value.\n\n' "$1" >&2; usage >&2; exit 2; fi
        case $1 in
          --root) root=$2 ;;
          --restore-etcd) restore_snapshot=$2 ;;
          --lost-server) lost_servers="$lost_servers $2" ;;
        esac
        shift
        ;;
      --help) usage; exit 0 ;;
      *) printf 'unknown option: %s\n\n' "$1" >&2; usage >&2; exit 2 ;;
    esac
    shift
  done
  if [[ -n $flannel_change_wanted && -z $restart_wanted ]]; then
    printf '%s\n' '--change-flannel-backend means nothing without --restart-k3s.' >&2
    exit 2
  fi
  if [[ -n $restore_snapshot && -n $rejoin_wanted ]]; then
    printf '%s\n' '--restore-etcd and --rejoin-etcd exclude each other: restore on one server, then let the others rejoin.' >&2
    exit 2
  fi
  if [[ -n $lost_servers && -z $restore_snapshot ]]; then
    printf '%s\n' '--lost-server means nothing without --restore-etcd.' >&2
    exit 2
  fi
}

# Tells a difference. Succeeds if it is to be mended.
differs() {
  differences=$((differences + 1))
  if [[ -n $check ]]; then
    printf 'differs: %s\n' "$1"
    return 1
  fi
  mending=$1
  printf 'mending: %s\n' "$1"
}

# Tells what this run doesn't mend, and what would.
leaves() {
  left=$((left + 1))
  printf 'left: %s\n' "$1"
}

# Tells what must not be. Nothing has been changed when the run ends with it.
refuse() {
  refusals=$((refusals + 1))
  on_console "not set up: $1"
  printf 'refused: %s\n' "$1" >&2
}

stop_if_refused() {
  if ((refusals > 0)) && [[ -z $check ]]; then
    printf '\nNothing was changed.\n' >&2
    exit 2
  fi
}

fail() {
  on_console "not set up yet: $1"
  printf 'failed: %s\n' "$1" >&2
  exit 2
}

# The console of a new server is what its owner sees while no one can log on.
on_console() {
  if [[ -n $first_boot ]]; then printf '%s: %s\n' "$name" "$1" >>"$root/dev/console"; fi
}

# Waits for a command to succeed: wait_for SECONDS WHAT COMMAND...
wait_for() {
  local seconds=$1 what=$2 told='' pause=5
  shift 2
  while ! "$@"; do
    if ((seconds <= 0)); then return 1; fi
    if [[ -z $told ]]; then on_console "waits for $what"; fi
    if ((seconds % 60 == 0)) || [[ -z $told ]]; then printf 'waiting: %s\n' "$what"; fi
    told=yes
    sleep "$pause"
    seconds=$((seconds - pause))
  done
}

# The program's own message is above. The command's text would show the names of variables; what was being mended shows
# the values.
stumble() {
  local code=$1 word program='' for_what=''
  for word in $2; do
    if [[ $word == *[\$\"\<\>]* ]]; then break; fi
    program="$program$word "
  done
  if [[ -n $mending ]]; then for_what=", while mending: $mending"; fi
  on_console "not set up yet: $program""failed"
  printf 'failed: %s(exit code %s)%s\nNo file is half-written. Fix the cause, then run this again: it continues where it was.\n' "$program" "$code" "$for_what" >&2
  exit 2
}

beside=''
clean_up() {
  rm -rf "$work"
  if [[ -n $beside ]]; then rm -f "$beside"; fi
}

main() {
  arguments "$@"
  if [[ -z $root && $(id -u) != 0 ]]; then fail 'this needs root: run it with sudo.'; fi
  mkdir -p "$root/run"
  work=$(mktemp -d "$root/run/honeydue-node.XXXXXX")
  trap clean_up EXIT
  trap 'stumble "$?" "$BASH_COMMAND"' ERR
  trap 'exit 130' INT TERM HUP
  state=$root/var/lib/honeydue
  secrets=$root/etc/honeydue/secrets
  : >"$work/rules"
  : >"$work/k3s-files"
  describe_guards
  stop_if_refused
  lock_node
  if [[ -z $first_boot ]]; then end_first_boot; fi
  describe
  if [[ -n $first_boot ]] && ((left == 0)); then end_first_boot; fi
  summary
}

# A run by hand is newer than what the server was made with: it takes the place of a first boot that still tries. That one
# is activating and never active, as every oneshot while it runs.
lock_node() {
  exec 9>"$root/run/honeydue-node.lock"
  if flock -n 9; then return; fi
  if [[ -z $check && -z $first_boot && $(systemctl is-active honeydue-first-boot.service) == activating ]]; then
    systemctl stop honeydue-first-boot.service
    if flock -w 60 9; then return; fi
  fi
  fail "another run is in progress on this node. $(lock_holders)Wait until it ends; journalctl -fu honeydue-first-boot shows the one of a new server."
}

# A child inherits the lock and can outlive its run. fuser and lsof are on no Debian by default, so this reads /proc.
lock_holders() {
  local open pid command found='' pids=''
  for open in /proc/[0-9]*/fd/*; do
    if [[ ! $open -ef "$root/run/honeydue-node.lock" ]]; then continue; fi
    pid=$(cut -d / -f 3 <<<"$open")
    if [[ $pid == "$$" || $pid == "$BASHPID" || "$pids " == *" $pid "* ]]; then continue; fi
    command=$(cat "/proc/$pid/comm" 2>"$work/ignored" || true)
    if [[ -z $command ]]; then continue; fi
    pids="$pids $pid"
    found="$found, $pid ($command)"
  done
  if [[ -n $pids ]]; then printf 'These processes hold its lock: %s. If their run has ended, end them with kill%s. ' "$(cut -c 3- <<<"$found")" "$pids"; fi
}

# Each upgrade that needs a reboot touches the file again; its birth is when the first one did.
born() {
  local seconds
  seconds=$(stat -c %W "$1")
  if ((seconds <= 0)); then seconds=$(stat -c %Y "$1"); fi
  printf '%s\n' "$seconds"
}

summary() {
  if [[ -e $root/run/reboot-required ]]; then
    printf 'note: a reboot is pending since %s, for: %s. One node at a time: kubectl drain %s --ignore-daemonsets --delete-emptydir-data; sudo systemctl reboot; kubectl uncordon %s\n' \
      "$(date -u -d "@$(born "$root/run/reboot-required")" '+%Y-%m-%d %H:%M UTC')" "$(xargs <"$root/run/reboot-required.pkgs" 2>"$work/ignored" || true)" "$hostname" "$hostname"
  fi
  if ((refusals > 0)); then
    printf '\n%s differences, and %s refused. Nothing was changed.\n' "$((differences + left))" "$refusals"
    exit 2
  elif ((differences + left == 0)); then
    printf '%s is as described. Nothing was changed.\n' "$name"
  elif [[ -n $check ]]; then
    printf '\n%s differences. Nothing was changed.\n' "$((differences + left))"
    exit 1
  elif ((left > 0)); then
    printf '\n%s mended, %s left.\n' "$differences" "$left"
    exit 1
  else
    printf '\n%s mended. %s is as described.\n' "$differences" "$name"
  fi
}

end_first_boot() {
  local path
  for path in /var/lib/honeydue/first-boot.sh /etc/systemd/system/honeydue-first-boot.service /var/lib/cloud/scripts/per-boot/honeydue-first-boot /usr/local/sbin/honeydue-node; do
    if [[ ! -e $root$path ]]; then continue; fi
    if differs "$path is what this server was made with, and would undo later runs"; then
      case $path in
        */honeydue-first-boot.service) systemctl disable --quiet honeydue-first-boot.service ;;
      esac
      rm -f "$root$path"
    fi
  done
}

# machine HOSTNAME: each script is for one node
machine() {
  local here
  here=$(hostname)
  if [[ $here != "$1" ]]; then
    fail "this is $here, and the script is for $1. Nothing was changed."
  fi
}

# unresolved PATH COMMAND: a value that only the operator can know
unresolved() {
  incomplete=yes
  refuse "$1 is unresolved; to find it out: $2"
}
incomplete=''

# logged_on_over PORTS, the operator's networks on standard input: how this very session came in must go on to work
logged_on_over() {
  local networks connection client port
  networks=$(cat)
  connection=$(ssh_connection)
  if [[ -z $connection ]]; then return; fi
  read -r client _ _ port <<<"$connection"
  if [[ " $1 " != *" $port "* ]]; then
    refuse "you are logged on over port $port, and sshd would listen on $1 only. State both ports, run this, log on over the new one, then remove $port and run this from there."
  fi
  if [[ -n $networks ]] && ! within "$client" <<<"$networks"; then
    refuse "you are logged on from $client, and only access.networks may come in: $(xargs <<<"$networks"). Add it there, or run this from one of them."
  fi
}

# sudo hides the variable, and a parent of this process still has it.
ssh_connection() {
  local process=$$
  if [[ -v SSH_CONNECTION ]]; then
    printf '%s\n' "$SSH_CONNECTION"
    return
  fi
  while ((process > 1)); do
    if grep -z -s '^SSH_CONNECTION=' "/proc/$process/environ" | tr '\0' '\n' | cut -d= -f2- | grep .; then return; fi
    process=$(sed -n 's/^PPid:\t//p' "/proc/$process/status")
  done
}

# within ADDRESS, ranges on standard input
within() {
  python3 -c 'import ipaddress, sys
address = ipaddress.ip_address(sys.argv[1])
sys.exit(not any(address in ipaddress.ip_network(line.strip()) for line in sys.stdin))' "$1"
}

# keeps_a_key USER, the keys that are to be on standard input: of those that open the node today one must stay
keeps_a_key() {
  local present=$root/home/$1/.ssh/authorized_keys wanted=$work/keys
  cat >"$wanted"
  if [[ ! -s $present ]]; then return; fi
  if [[ -z $(comm -12 <(bare_keys "$present") <(bare_keys "$wanted")) ]]; then
    refuse "none of the keys that open $1 today would stay. Add the new key beside an old one, log on with it, then remove the old one."
  fi
}

# Type and key; what stands around them is a remark.
bare_keys() {
  sed -nE 's/^(.* )?((ssh|ecdsa|sk)-[^ ]+ [^ ]+).*/\2/p' "$1" | sort
}

reload_ssh() {
  mkdir -p "$root/run/sshd"
  sshd -t || fail 'sshd refuses its configuration, and goes on with the one before. sshd -t says why.'
  systemctl daemon-reload
  # Sessions outlive this; but between the two steps nobody can log on, so nothing may come between.
  trap '' INT TERM HUP
  if systemctl is-active --quiet ssh.socket; then
    systemctl stop ssh.service
    systemctl restart ssh.socket || systemctl start ssh.service
  else
    systemctl restart ssh.service
  fi
  trap 'exit 130' INT TERM HUP
}

# sshd_in_force USER, on standard input what sshd -T must say: a file that sorts before ours, or a Match, wins silently
sshd_in_force() {
  local key value
  cat >"$work/sshd-wanted"
  if ! command -v sshd >"$work/ignored"; then return; fi
  mkdir -p "$root/run/sshd"
  if ! sshd -T -C "user=$1,host=localhost,addr=127.0.0.1" >"$work/sshd-output" 2>&1; then
    leaves "sshd -T fails: $(tail -n 1 "$work/sshd-output")"
    return
  fi
  # The older name of the same value.
  sed 's/^permitrootlogin without-password$/permitrootlogin prohibit-password/' "$work/sshd-output" >"$work/sshd"
  while read -r key value; do
    if [[ $key != port ]] && ! grep -qix "$key $value" "$work/sshd"; then
      leaves "sshd has '$(awk -v key="$key" '$1 == key' "$work/sshd")' in force for $1, and must have $value. Remove it where it is set: $(setters "$key"). Then: sudo systemctl reload ssh"
    fi
  done <"$work/sshd-wanted"
  if [[ $(sed -n 's/^port //p' "$work/sshd" | sort | xargs) != "$(sed -n 's/^port //p' "$work/sshd-wanted" | sort | xargs)" ]]; then
    leaves "sshd has the ports $(sed -n 's/^port //p' "$work/sshd" | xargs) in force, and must have $(sed -n 's/^port //p' "$work/sshd-wanted" | xargs). Remove the others where they are set: $(setters port). Then: sudo systemctl reload ssh"
  fi
}

# Where an option is set, but for our own file.
setters() {
  grep -niE "^[[:space:]]*$1[[:space:]=]" "$root/etc/ssh/sshd_config.d/"*.conf "$root/etc/ssh/sshd_config" 2>"$work/ignored" |
    grep -v '/10-honeydue.conf:' | cut -d: -f1,2 | sed "s|^$root||" | xargs || true
}

# listens PORT...: sshd, by itself or by its socket, now and after a reboot
listens() {
  local port unit enabled=''
  if ! command -v sshd >"$work/ignored"; then return; fi
  for unit in ssh.socket ssh.service; do
    if systemctl is-enabled --quiet "$unit" 2>"$work/ignored"; then enabled=yes; fi
  done
  if [[ -z $enabled ]] && differs 'neither ssh.service nor ssh.socket starts at boot'; then systemctl enable --quiet ssh.service; fi
  for port in "$@"; do
    if [[ -z $(ss -tlnH "sport = :$port") ]]; then leaves "nothing listens on port $port. systemctl status ssh.socket ssh.service says why"; fi
  done
}

# rule PURPOSE RULE: as ufw prints it; firewall compares them all
rule() {
  printf '%s\t%s\n' "$2" "$1" >>"$work/rules"
}

# Opens first and closes last; and closes nothing while ufw has one of ours in other words, which would look like one
# that is not described.
firewall() {
  local rule purpose present missing
  if ! command -v ufw >"$work/ignored"; then
    differs 'ufw is not there' || true
    return
  fi
  # Enabled, it would load each new rule into chains that are not there.
  if [[ $(ufw status) != 'Status: active'* ]] && grep -qsx 'ENABLED=yes' "$root/etc/ufw/ufw.conf" &&
    differs 'ufw is enabled, and its chains are not loaded'; then
    ufw disable >"$work/ignored"
  fi
  loadable iptables /etc/ufw/user.rules
  loadable ip6tables /etc/ufw/user6.rules
  present=$(firewall_rules)
  while IFS=$'\t' read -r rule purpose; do
    if [[ $'\n'$present$'\n' != *$'\n'"$rule"$'\n'* ]] && differs "ufw lacks: $rule ($purpose)"; then
      xargs ufw <<<"$rule comment '$purpose'" >"$work/ignored"
    fi
  done <"$work/rules"
  default_policy incoming INPUT deny DROP
  default_policy outgoing OUTPUT allow ACCEPT
  if [[ $(ufw status) != 'Status: active'* ]] && differs 'ufw is off'; then ufw --force enable >"$work/ignored"; fi
  if [[ $(ufw status) == 'Status: active'* ]]; then
    loaded_rules iptables user.rules ufw
    loaded_rules ip6tables user6.rules ufw6
  fi
  if [[ -n $incomplete ]]; then return; fi
  if [[ -z $check ]]; then
    present=$(firewall_rules)
    missing=$(comm -23 <(cut -f1 "$work/rules" | sort -u) <(printf '%s\n' "$present"))
    if [[ -n $missing ]]; then fail "ufw took this and shows it in other words, or not at all: $missing. No rule was removed."; fi
  fi
  while read -r rule; do
    if differs "ufw has a rule that is not described: $rule"; then close_rule "$rule"; fi
  done < <(comm -13 <(cut -f1 "$work/rules" | sort -u) <(sed '/^$/d' <<<"$present"))
}

firewall_rules() {
  ufw show added | sed -n "s/ comment '.*'$//; s/^ufw //p" | sort -u
}

close_rule() {
  if [[ $1 == route\ * ]]; then
    cut -d' ' -f2- <<<"$1" | xargs ufw --force route delete >"$work/ignored"
  else
    xargs ufw --force delete <<<"$1" >"$work/ignored"
  fi
}

# default_policy DIRECTION NAME POLICY VALUE
default_policy() {
  if ! grep -qsx "DEFAULT_$2_POLICY=\"$4\"" "$root/etc/default/ufw" && differs "ufw's default for $1 is not $3"; then
    ufw default "$3" "$1" >"$work/ignored"
  fi
}

# loadable PROGRAM FILE: ufw shows what is written, and must be able to load it after a reboot. It writes both files anew
# with each change.
loadable() {
  if [[ -f $root$2 ]] && ! "$1-restore" -n --test <"$root$2" >"$work/restore" 2>&1 &&
    differs "$2 can't be loaded at the next boot: $(head -n 1 "$work/restore")"; then
    rewrite_rules
  fi
}

# Addresses of documentation, from which no packet comes (RFC 5737, RFC 3849).
rewrite_rules() {
  local address
  for address in 192.0.2.1 2001:db8::1; do ufw allow from "$address" >"$work/ignored"; done
  for address in 192.0.2.1 2001:db8::1; do ufw --force delete allow from "$address" >"$work/ignored"; done
}

# loaded_rules PROGRAM FILE PREFIX: what the kernel has. ufw says active as long as its chains exist, whether a packet
# reaches them or not, and neither ufw reload nor a restart brings their jumps back.
loaded_rules() {
  local rules chain missing='' loaded written
  rules=$("$1" -S INPUT 2>"$work/ignored") || rules=''
  for chain in before-logging before after after-logging reject track; do
    if [[ $'\n'$rules$'\n' != *$'\n'"-A INPUT -j $3-$chain-input"$'\n'* ]]; then missing="$missing $3-$chain-input"; fi
  done
  if [[ -n $missing ]] && differs "$1 has no jump from INPUT to$missing, so ufw filters nothing"; then
    for chain in before-logging before after after-logging reject track; do
      while "$1" -D INPUT -j "$3-$chain-input" 2>"$work/ignored"; do :; done
      "$1" -A INPUT -j "$3-$chain-input"
    done
  fi
  if [[ $rules != '-P INPUT DROP'* ]] && differs "$1 lets in what no rule of INPUT denies"; then "$1" -P INPUT DROP; fi
  if [[ ! -f $root/etc/ufw/$2 ]]; then return; fi
  loaded=$("$1" -S "$3-user-input" 2>"$work/ignored" | grep -c '^-A' || true)
  written=$(grep -c "^-A $3-user-input " "$root/etc/ufw/$2" || true)
  if [[ $loaded != "$written" ]] && differs "$1 has $loaded rules of /etc/ufw/$2, which has $written"; then ufw reload >"$work/ignored"; fi
}

# guard_firewall: ufw without IPv6 takes no rule of IPv6 and filters none of it. Anything but yes means no, as does no line
# (ufw, backend.py); quotes do not count.
guard_firewall() {
  local file=$root/etc/default/ufw stated
  if [[ ! -e $file ]]; then return; fi
  stated=$(grep '^IPV6=' "$file" | tail -n 1 | tr -d "\"'" || true)
  if grep -qix 'IPV6=yes' <<<"$stated"; then return; fi
  if [[ -z $stated ]]; then stated='no IPV6=yes'; fi
  refuse "/etc/default/ufw has $stated: IPv6 is not filtered, and ufw refuses the rules of it. sudo sed -i -e '/^IPV6=/d' -e '\$aIPV6=yes' /etc/default/ufw && sudo ufw reload"
}

# nftables TABLE UNIT: other programs flush rules, and systemd does not see it
nftables() {
  if ! command -v nft >"$work/ignored"; then
    differs 'nft is not there' || true
  elif ! nft list table inet "$1" >"$work/ignored" 2>&1 && differs "the nftables table $1 is gone"; then
    systemctl restart "$2"
  fi
}

# succeeded UNIT WHAT: its last run, if there was one
succeeded() {
  if systemctl is-failed --quiet "$1"; then leaves "$1 failed: $2"; fi
}

# package NAME...
package() {
  local name
  if grep -qsE '^Status: .* (half-installed|unpacked|half-configured|triggers-awaited|triggers-pending)$' "$root/var/lib/dpkg/status" &&
    differs 'dpkg was interrupted'; then
    dpkg --configure -a
  fi
  for name in "$@"; do
    shift
    if [[ $(dpkg -s "$name" 2>"$work/ignored") != *'Status: install ok installed'* ]] && differs "the package $name is not installed"; then
      set -- "$@" "$name"
    fi
  done
  if (($# > 0)); then
    export DEBIAN_FRONTEND=noninteractive
    persistently apt-get update -q
    persistently apt-get -o DPkg::Lock::Timeout=300 install -y -q --no-install-recommends "$@"
  fi
}

# A mirror may fail, and another apt may hold a lock: the timeout covers dpkg's lock, and not those of the lists and of
# the archives (apt 2.6.1 and 3.0.4).
persistently() {
  wait_for 300 "$*" "$@" || fail "$* fails."
}

# account NAME: logs on by key alone, and has a home of its own name
account() {
  local home
  home=$(getent passwd "$1" | cut -d: -f6 || true)
  if [[ -z $home ]] && differs "there is no user $1"; then
    useradd --create-home --home-dir "/home/$1" --shell /bin/bash "$1"
  fi
  directory 0700 "$1:$1" "/home/$1/.ssh"
}

# directory MODE OWNER PATH
directory() {
  local path=$root$3
  if [[ -d $path && $(stat -c '0%a %U:%G' "$path") == "$1 $2" ]]; then return; fi
  if differs "the directory $3 must have mode $1 and be $2's"; then
    mkdir -p "$path"
    chmod "$1" "$path"
    chown "$2" "$path"
  fi
}

# file MODE OWNER PATH [AFTER [VALIDATE]], its content on standard input
file() {
  local new=$work/file text
  IFS= read -r -d '' text || true
  printf '%s' "$text" >"$new"
  if same "$new" "$@"; then return; fi
  if differs "$(difference "$new" "$@")"; then
    if (($# > 4)); then validate "$5" "$new" "$3"; fi
    if (($# > 3)) && [[ -n $4 ]]; then remember "$4"; fi
    put "$new" "$1" "$2" "$root$3"
  fi
  show "$new" "$root$3"
}

# Whether a file is what it should be: same NEW MODE OWNER PATH
same() {
  local path=$root$4
  [[ -f $path && ! -L $path ]] && equal "$1" "$path" && [[ $(stat -c '0%a %U:%G' "$path") == "$2 $3" ]]
}

equal() {
  local one two
  IFS= read -r -d '' one <"$1" || true
  IFS= read -r -d '' two <"$2" || true
  [[ $one == "$two" ]]
}

difference() {
  local path=$root$4
  if [[ ! -e $path ]]; then
    printf '%s is not there' "$4"
  elif [[ ! -f $path || -L $path ]]; then
    printf '%s is no regular file' "$4"
  elif equal "$1" "$path"; then
    printf '%s has mode and owner %s, and must have %s' "$4" "$(stat -c '0%a %U:%G' "$path")" "$2 $3"
  else
    printf '%s has another content' "$4"
  fi
}

show() {
  if [[ -n $check && -f $2 ]]; then diff -u "$2" "$1" | tail -n +3 | sed 's/^/    /' || true; fi
}

# Puts a file in place at once: whoever reads it sees the old one or the new one. put NEW MODE OWNER PATH
put() {
  local directory base
  directory=$(dirname "$4")
  base=$(basename "$4")
  mkdir -p "$directory"
  rm -f "$directory/.$base.honeydue."??????
  beside=$(mktemp "$directory/.$base.honeydue.XXXXXX")
  cat "$1" >"$beside"
  chmod "$2" "$beside"
  chown "$3" "$beside"
  sync "$beside"
  mv -fT "$beside" "$4"
  beside=''
}

validate() {
  case $1 in
    sudoers) visudo -cqf "$2" || fail "visudo refuses the new $3, and the old one stays." ;;
    sshd)
      # Included first, as the directory is: of each option sshd takes the first value.
      # A socket-activated sshd that nobody has called yet lacks the directory, and refuses everything.
      mkdir -p "$root/run/sshd"
      printf 'Include %s\nInclude %s\n' "$2" "$root/etc/ssh/sshd_config" >"$work/sshd_config"
      sshd -t -f "$work/sshd_config" || fail "sshd refuses the new $3, and the old one stays."
      ;;
  esac
}

# What a change calls for is written down before the change, so that a run that is cut off is finished by the next.
remember() {
  mkdir -p "$state/pending"
  : >"$state/pending/$1"
}

settle() {
  local pending verb unit
  for pending in "$state/pending/"*; do
    if [[ ! -e $pending ]]; then continue; fi
    read -r verb unit <<<"$(basename "$pending")"
    if [[ -n $check ]]; then
      differs "a run was cut off before: $verb $unit" || continue
    fi
    printf 'doing: %s %s\n' "$verb" "$unit"
    case $verb in
      reload-units) systemctl daemon-reload ;;
      reload-ssh) reload_ssh ;;
      restart)
        # What has changed may be the file of the unit itself.
        systemctl daemon-reload
        systemctl restart "$unit"
        ;;
    esac
    rm -f "$pending"
  done
}

# kernel KEY VALUE: of the running one; the file in /etc/sysctl.d is for the next boot
kernel() {
  local value
  value=$(sysctl -n "$1")
  if [[ $value != "$2" ]] && differs "$1 is $value, and must be $2"; then sysctl -q -w "$1=$2"; fi
}

# clock: certificates, tokens and etcd's leases depend on it
clock() {
  if [[ $(timedatectl show -p NTPSynchronized --value) != yes ]]; then
    leaves 'the clock is not synchronised. timedatectl timesync-status says with which server it tries'
  fi
}

# guard_units NAME...: a masked one can be neither enabled nor started
guard_units() {
  local name
  for name in "$@"; do
    if [[ $(systemctl is-enabled "$name" 2>"$work/ignored" || true) == masked* ]]; then
      refuse "$name is masked, and must run. sudo systemctl unmask $name"
    fi
  done
}

# unit NAME: starts at boot, and runs now
unit() {
  if ! systemctl is-enabled --quiet "$1" && differs "$1 does not start at boot"; then systemctl enable --quiet "$1"; fi
  if ! systemctl is-active --quiet "$1" && differs "$1 does not run"; then systemctl restart "$1"; fi
}

# The one that is about to be installed can ask, if the one that is installed does not run.
k3s() {
  if [[ -x $work/k3s-binary ]]; then
    "$work/k3s-binary" "$@"
  else
    "$root/usr/local/bin/k3s" "$@"
  fi
}

# A server's member of etcd, or an agent's own certificate.
has_data() {
  [[ -e $root$k3s_data ]]
}

# Whether k3s is about to read its files.
starts_k3s() {
  [[ -z $check && -n $restart_wanted$restore_snapshot$rejoin_wanted ]] || ! has_data
}

# Holds what is to be against what can't change once there is data.
guard_k3s() {
  local server=$root/var/lib/rancher/k3s/server address encryption=false backend
  initialised=$root/etc/honeydue/cluster-initialised
  if ! has_data; then
    if [[ -e $server/db/state.db ]]; then
      refuse 'k3s runs here on SQLite, not on etcd. This is no server of the cluster: find out what it is.'
    elif [[ -e $root/etc/systemd/system/k3s-agent.service ]]; then
      refuse 'this node is an agent of k3s, and would become a server. Remove the node and make a new one (docs/nodes.md), or state role: agent.'
    elif [[ -z $k3s_join && -e $initialised && -z $restore_snapshot ]]; then
      refuse "this node initialised the cluster before, and its data is gone. A second time would make a second cluster. State initialised: true under cluster, synthesize, and the new script lets it join the others."
    fi
    return
  fi
  address=$(sed -nE 's|^advertise-client-urls: "?https://(.*):2379"?$|\1|p' "$server/db/etcd/config" 2>"$work/ignored" || true)
  if [[ -z $address ]]; then address='what cannot be read in its configuration'; fi
  if [[ $address != "$k3s_address" ]]; then
    refuse "etcd knows this node as $address, and it would become $k3s_address. An etcd member can't change its address (k3s issue 4296): state the one that it has, or rebuild the node."
  fi
  if [[ -e $server/cred/encryption-config.json ]]; then encryption=true; fi
  if [[ $encryption != "$k3s_secrets_encryption" ]]; then
    refuse "secrets encryption is $encryption here, and would become $k3s_secrets_encryption. k3s can't change that in a cluster that has data: state secretsEncryption: $encryption."
  fi
  backend=$(sed -nE 's/^[[:space:]]*"Type": "(.*)",?$/\1/p' "$root/var/lib/rancher/k3s/agent/etc/flannel/net-conf.json" 2>"$work/ignored" || true)
  if [[ -z $backend ]]; then backend=unknown; fi
  if [[ $backend == wireguard ]]; then backend=wireguard-native; fi
  if [[ $backend != "$k3s_flannel_backend" && -z $flannel_change_wanted ]]; then
    refuse "flannel runs $backend here, and would become $k3s_flannel_backend: an outage of the whole cluster, since pods of different nodes can't reach each other until k3s has restarted on every node. Do it with --restart-k3s --change-flannel-backend on one node after the other, or state flannelBackend: $backend."
  fi
  guard_version
}

guard_version() {
  local installed minor wanted_minor
  installed=$(installed_version)
  minor=$(cut -d. -f2 <<<"$installed")
  wanted_minor=$(cut -d. -f2 <<<"$k3s_version")
  if [[ -z $installed || $installed == "$k3s_version" ]]; then return; fi
  if [[ $(printf '%s\n%s\n' "$installed" "$k3s_version" | sort -V | tail -n 1) == "$installed" ]]; then
    refuse "k3s is $installed here, and a cluster that has data can't go back to $k3s_version."
  elif ((wanted_minor > minor + 1)); then
    refuse "k3s is $installed here, and Kubernetes can't skip a minor version on the way to $k3s_version. Go to v1.$((minor + 1)) first."
  fi
}

# secret NAME WHAT: the operator puts it on the node, for root alone
secret() {
  local path=$secrets/$1
  if [[ ! -s $path ]]; then
    if starts_k3s; then
      refuse "/etc/honeydue/secrets/$1 is not there: $2. Put it there with: sudo install -D -m 0600 /dev/stdin /etc/honeydue/secrets/$1"
    else
      leaves "/etc/honeydue/secrets/$1 is not there: $2"
    fi
  elif [[ $(stat -c '%a %U' "$path") != '600 root' ]]; then
    refuse "/etc/honeydue/secrets/$1 must have mode 0600 and be root's. It may have been read: replace what it holds."
  fi
}

# token: a node without data needs the cluster's, once
token() {
  if ! has_data; then secret k3s-token 'the token of the cluster (of one that runs: /var/lib/rancher/k3s/server/token)'; fi
}

# Nothing for a binary that does not run, such as one of which only a part was written.
installed_version() {
  "$root/usr/local/bin/k3s" --version 2>"$work/ignored" | sed -n '1s/^k3s version \([^ ]*\).*/\1/p' || true
}

# The version, and the hash where one is pinned: a truncated binary may still print its version.
is_installed() {
  [[ $(installed_version) == "$k3s_version" ]] &&
    [[ -z $k3s_sha256 || $(sha256sum <"$root/usr/local/bin/k3s") == "$k3s_sha256  -" ]]
}

# k3s_file MODE PATH, its content on standard input; compare_k3s looks at them all
k3s_file() {
  local text shown=shown
  IFS= read -r -d '' text || true
  if [[ $text == *@secret:* ]]; then shown=hidden; fi
  mkdir -p "$work/k3s/etc/rancher/k3s" "$work/k3s/etc/systemd/system"
  if [[ $text == *@* ]]; then
    reveal <<<"$text" | sed '$d' >"$work/k3s$2"
  else
    printf '%s' "$text" >"$work/k3s$2"
  fi
  printf '%s\t%s\t%s\n' "$1" "$2" "$shown" >>"$work/k3s-files"
}

# In place of @secret:NAME@ comes what the operator put into that file; of the others, what this machine knows.
reveal() {
  awk -v secrets="$secrets" -v interface="$interface" -v public="$(public_address)" '
    { sub(/@interface@/, interface); sub(/@public-address@/, public) }
    match($0, /@secret:[a-z0-9-]+@/) {
      value = ""
      getline value < (secrets "/" substr($0, RSTART + 8, RLENGTH - 9))
      gsub("\047", "\047\047", value)
      $0 = substr($0, 1, RSTART - 1) "\047" value "\047" substr($0, RSTART + RLENGTH)
    }
    { print }'
}

interface=''
has_interface() {
  interface=$(ip -o -4 address show to "$k3s_address/32" | awk 'NR == 1 { print $2 }')
  [[ -n $interface ]]
}

# The one by which packets leave for the internet.
public_address() {
  ip -o -4 route get 1.1.1.1 | sed -nE 's/.* src ([0-9.]+).*/\1/p'
}

# A private network's interface may come up late.
node_address() {
  if has_interface; then return; fi
  if [[ -n $check ]]; then
    differs "no interface has the address $k3s_address" || true
  else
    wait_for 300 "an interface with the address $k3s_address" has_interface ||
      fail "no interface has the address $k3s_address, so k3s can't start. ip address shows what there is."
  fi
}

# Lists in k3s-differences what is not as described.
compare_k3s() {
  local mode path shown installed
  installed=$(installed_version)
  : >"$work/k3s-differences"
  if [[ ! -e $root/usr/local/bin/k3s ]]; then
    printf 'k3s %s is not installed\n' "$k3s_version" >>"$work/k3s-differences"
  elif [[ -z $installed ]]; then
    printf '/usr/local/bin/k3s does not run; k3s %s must be installed\n' "$k3s_version" >>"$work/k3s-differences"
  elif [[ $installed != "$k3s_version" ]]; then
    printf 'k3s is %s, and must be %s\n' "$installed" "$k3s_version" >>"$work/k3s-differences"
  elif ! is_installed; then
    printf '/usr/local/bin/k3s has another SHA-256 than k3s %s, which is %s\n' "$k3s_version" "$k3s_sha256" >>"$work/k3s-differences"
  fi
  while IFS=$'\t' read -r mode path shown; do
    if ! same "$work/k3s$path" "$mode" root:root "$path"; then
      difference "$work/k3s$path" "$mode" root:root "$path" >>"$work/k3s-differences"
      printf '\n' >>"$work/k3s-differences"
      if [[ $shown == shown ]]; then show_k3s "$work/k3s$path" "$root$path" >>"$work/k3s-differences"; fi
    fi
  done <"$work/k3s-files"
  unknown_options
  if [[ -e $state/k3s-restart ]]; then
    printf 'a run was cut off before k3s had restarted\n' >>"$work/k3s-differences"
  fi
}

# Another's file may hold a token or keys of a bucket, as a flag, a variable or an option: of the lines that would go,
# only options that are described too show their value.
show_k3s() {
  show "$1" "$2" | awk -v described="$1" '
    BEGIN {
      while ((getline line < described) > 0) if (match(line, /^[A-Za-z0-9-]+[:=]/)) known[substr(line, 1, RLENGTH)] = 1
      known["ExecStart="] = known["Environment="] = known["token:"] = 0
    }
    !/^    -/ { print; next }
    match($0, /^    -[A-Za-z0-9_-]+[:=]/) {
      key = substr($0, 6, RLENGTH - 5)
      print (known[key] ? $0 : "    -" key " (not shown)")
      next
    }
    /^    -(#.*|\[[A-Za-z]+\])?$/ { print }'
}

# Options that k3s has here and the table doesn't: a restart would drop them. Those of a first start, and the mode of
# a file that only root needs, may go.
unknown_options() {
  local unit=$root/etc/systemd/system/$k3s_unit config=$root/etc/rancher/k3s other
  {
    if [[ -f $unit ]]; then sed -n '/^ExecStart=/,$p' "$unit" | grep -oE "(^|[[:space:]'\"])--[a-z0-9-]+" | sed 's/.*--//' || true; fi
    if [[ -f $config/config.yaml ]]; then option_names "$config/config.yaml"; fi
  } | sort -u >"$work/options"
  {
    option_names "$work/k3s/etc/rancher/k3s/config.yaml"
    printf '%s\n' cluster-init server token token-file write-kubeconfig write-kubeconfig-mode node-name
  } | sort -u >"$work/known-options"
  comm -23 "$work/options" "$work/known-options" >"$work/unknown-options"
  if [[ -s $work/unknown-options ]]; then
    leaves "k3s has options that are not described, and a restart would drop them: $(xargs <"$work/unknown-options")"
  fi
  unit_additions
  for other in "$config/config.yaml.d/"*.yaml; do
    if [[ -e $other && ! -e $work/k3s/etc/rancher/k3s/config.yaml.d/$(basename "$other") ]]; then
      leaves "/etc/rancher/k3s/config.yaml.d/$(basename "$other") is not described, and k3s reads it"
    fi
  done
}

# What systemd reads for k3s besides the unit that is described: values stay hidden, since a token may be one.
unit_additions() {
  local path drop_in
  while read -r path; do
    drop_in=$root$path
    if [[ $drop_in != "$root/run/systemd/system/$k3s_unit.d/"* ]]; then leaves "$path is not described, and systemd reads it for $k3s_unit. Remove it, then: systemctl daemon-reload"; fi
  done < <(systemctl show "$k3s_unit" -p DropInPaths --value | xargs -rn 1)
  while read -r path; do
    if [[ -s $root$path ]] && grep -q = "$root$path"; then
      leaves "$path sets $(sed -nE 's/^[[:space:]]*([A-Za-z_0-9]+)=.*/\1/p' "$root$path" | xargs) for $k3s_unit, which is not described. Remove what is not needed."
    fi
  done < <(systemctl show "$k3s_unit" -p EnvironmentFiles --value | sed 's/ (ignore_errors=.*//')
}

option_names() {
  grep -oE '^[a-z0-9-]+:' "$1" | tr -d : || true
}

k3s_server() {
  if [[ -n $restore_snapshot ]]; then
    restore_etcd
    return
  fi
  if [[ -n $rejoin_wanted ]]; then give_up_member; fi
  compare_k3s
  if ! has_data; then
    if differs 'k3s has no data here yet, and is to start for the first time'; then
      first_start
    else
      sed 's/^/  /' "$work/k3s-differences"
    fi
    return
  fi
  finish_first_start
  if [[ -s $work/k3s-differences ]]; then
    if [[ -z $restart_wanted ]]; then
      leaves 'k3s would need a restart (--restart-k3s, one node at a time):'
      sed 's/^/  /' "$work/k3s-differences"
    elif differs "k3s, which restarts for it: $(cat "$work/k3s-differences")"; then
      restart_k3s
    fi
  fi
  if ! systemctl is-enabled --quiet k3s.service && differs 'k3s.service does not start at boot'; then
    systemctl enable --quiet k3s.service
  fi
  if ! systemctl is-active --quiet k3s.service; then
    leaves 'k3s does not run. journalctl -u k3s says why; systemctl start k3s starts it.'
  fi
}

# The first start alone has what initialises or joins. It lies in /run, so that no later start can do it again: a
# server that keeps cluster-init starts a second cluster once its data is gone (k3s issue 13623).
first_start() {
  put_k3s
  {
    printf '[Service]\n'
    if [[ -z $k3s_join ]]; then printf 'Environment=K3S_CLUSTER_INIT=true\n'; fi
    printf 'Environment=K3S_TOKEN_FILE=%s\n' "$secrets/k3s-token"
  } >"$work/first-start"
  if [[ -n $k3s_join ]]; then
    wait_for 1800 "the API server of $k3s_join" answers "$k3s_join" ||
      fail "https://$k3s_join:6443 does not answer, so there is no cluster to join. Set up that node first, then run this again."
  fi
  put "$work/first-start" 0644 root:root "$(first_start_file)"
  systemctl daemon-reload
  systemctl start --no-block k3s.service
  wait_for 900 'k3s to become healthy' is_ready ||
    fail 'k3s has started and is not healthy. journalctl -u k3s says why; then run this again.'
  end_first_start
  systemctl enable --quiet k3s.service
}

# A first start that was cut off is over as soon as there is data.
finish_first_start() {
  if [[ -e $(first_start_file) ]] || [[ -z $k3s_join && ! -e $initialised ]]; then
    if differs 'a first start was cut off before its end'; then end_first_start; fi
  fi
}

end_first_start() {
  if [[ -z $k3s_join ]]; then
    date -u '+%Y-%m-%dT%H:%M:%SZ' >"$work/initialised"
    put "$work/initialised" 0644 root:root "$initialised"
  fi
  rm -f "$(first_start_file)"
  systemctl daemon-reload
}

first_start_file() {
  printf '%s\n' "$root/run/systemd/system/k3s.service.d/first-start.conf"
}

answers() {
  curl -ks --max-time 5 -o "$work/ignored" "https://$1:6443/cacerts"
}

is_ready() {
  has_data && [[ $(k3s kubectl get node "$hostname" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}' 2>"$work/ignored") == True ]] &&
    own_etcd_healthy
}

# This node's member: it has a leader, and a read went through the quorum. k3s serves no HTTP on 2379 (k3s pull request
# 8402); 2381 is etcd's own metrics listener, on 127.0.0.1 alone.
own_etcd_healthy() {
  [[ $(curl -s --max-time 5 http://127.0.0.1:2381/health) == *'"health":"true"'* ]]
}

# Any server, this one too: its API server reads a key through its own etcd member. That takes the administrator's
# certificate of /etc/rancher/k3s/k3s.yaml, and each server's certificate has its node-ip.
serves_etcd() {
  [[ $(k3s kubectl --server "https://$1:6443" --request-timeout=10s get --raw /readyz/etcd 2>"$work/serves-etcd") == ok ]]
}

# Every server that the cluster knows: Ready, a voting member, and healthy. Says which isn't.
members_healthy() {
  local member address ready voter
  if ! own_etcd_healthy; then
    printf 'etcd of this node does not say that it is healthy (curl http://127.0.0.1:2381/health)\n' >"$work/unhealthy"
    return 1
  fi
  if ! k3s kubectl get nodes -l node-role.kubernetes.io/etcd=true -o 'jsonpath={range .items[*]}{.metadata.name} {.status.addresses[?(@.type=="InternalIP")].address} {.status.conditions[?(@.type=="Ready")].status} {.status.conditions[?(@.type=="EtcdIsVoter")].status}{"\n"}{end}' >"$work/members" 2>"$work/ignored" ||
    [[ ! -s $work/members ]]; then
    printf 'the API server of this node does not list the members (k3s kubectl get nodes)\n' >"$work/unhealthy"
    return 1
  fi
  while read -r member address ready voter; do
    if [[ $ready != True || $voter != True ]]; then
      printf '%s (%s): Ready %s, voting member %s\n' "$member" "$address" "$ready" "$voter" >"$work/unhealthy"
      return 1
    elif ! serves_etcd "$address"; then
      printf '%s (%s): https://%s:6443/readyz/etcd does not say ok: %s\n' "$member" "$address" "$address" "$(head -n 1 "$work/serves-etcd")" >"$work/unhealthy"
      return 1
    fi
  done <"$work/members"
}

restart_k3s() {
  if [[ -s $work/unknown-options ]]; then
    fail "k3s has options that are not described: $(xargs <"$work/unknown-options"). A restart would drop them. Nothing of k3s was changed."
  fi
  # Before the lock: what can't be fetched must not keep the other nodes waiting.
  fetch_k3s
  # One that is down can't be missed by the others.
  if systemctl is-active --quiet k3s.service; then
    : >"$work/unhealthy"
    members_healthy || fail "not every etcd member is healthy, and without one more there may be no quorum. Nothing of k3s was changed. $(cat "$work/unhealthy")"
    take_lock
  fi
  mkdir -p "$state"
  : >"$state/k3s-restart"
  put_k3s
  systemctl daemon-reload
  bounce k3s.service
  wait_for 600 'every etcd member to be healthy' members_healthy ||
    fail "k3s was restarted, and not every etcd member is healthy. Restart no other node. journalctl -u k3s says why; then run this again. $(cat "$work/unhealthy")"
  rm -f "$state/k3s-restart"
  if [[ $(lock_holder) == "$hostname" ]]; then k3s kubectl delete configmap honeydue-k3s-restart -n kube-system --ignore-not-found >"$work/ignored"; fi
}

# One node at a time: who can't make this object waits for whoever made it.
take_lock() {
  local holder
  if k3s kubectl create configmap honeydue-k3s-restart -n kube-system "--from-literal=node=$hostname" >"$work/ignored" 2>&1; then
    return
  fi
  holder=$(lock_holder)
  if [[ $holder != "$hostname" ]]; then
    if [[ -z $holder ]]; then holder='another node'; fi
    fail "$holder restarts its k3s, or was cut off while it did. Finish there: run its script with --restart-k3s. If that node is gone: kubectl delete configmap honeydue-k3s-restart -n kube-system. Nothing of k3s was changed here."
  fi
}

lock_holder() {
  k3s kubectl get configmap honeydue-k3s-restart -n kube-system -o 'jsonpath={.data.node}' 2>"$work/ignored" || true
}

# Restarts a unit of k3s, and does not wait until it is up: without a quorum or an API server that never comes.
bounce() {
  # An interrupt between the two would leave k3s stopped.
  trap '' INT TERM HUP
  systemctl stop "$1"
  systemctl start --no-block "$1"
  trap 'exit 130' INT TERM HUP
}

put_k3s() {
  local mode path shown
  fetch_k3s
  if [[ -e $work/k3s-binary ]]; then put "$work/k3s-binary" 0755 root:root "$root/usr/local/bin/k3s"; fi
  while IFS=$'\t' read -r mode path shown; do
    put "$work/k3s$path" "$mode" root:root "$root$path"
  done <"$work/k3s-files"
}

# Leaves k3s-binary, checked, unless the one that is installed is right.
fetch_k3s() {
  local release asset=k3s expected=$k3s_sha256
  if [[ -e $work/k3s-binary ]] || is_installed; then return; fi
  if [[ $k3s_architecture == arm64 ]]; then asset=k3s-arm64; fi
  release=https://github.com/k3s-io/k3s/releases/download/$k3s_version
  printf 'fetching: %s\n' "$release/$asset"
  if [[ -z $expected ]]; then
    fetch "$release/sha256sum-$k3s_architecture.txt" "$work/checksums"
    expected=$(awk -v asset="$asset" '$2 == asset { print $1 }' "$work/checksums")
  fi
  fetch "$release/$asset" "$work/k3s-fetched"
  if [[ -z $expected || $(sha256sum <"$work/k3s-fetched") != "$expected  -" ]]; then
    fail "$release/$asset has the SHA-256 $(sha256sum <"$work/k3s-fetched" | cut -d' ' -f1), and must have $expected. Nothing of k3s was changed."
  fi
  chmod 0755 "$work/k3s-fetched"
  mv "$work/k3s-fetched" "$work/k3s-binary"
}

fetch() {
  wait_for 120 "$1" curl -fsSL --retry 3 -o "$2" "$1" || fail "$1 can't be fetched. Nothing of k3s was changed."
}

# label KEY VALUE
label() {
  if ! has_data; then return; fi
  if ! k3s kubectl get nodes -l "$1=$2" -o name >"$work/labelled" 2>"$work/ignored"; then
    leaves "the label $1=$2 can't be looked up: k3s does not answer"
  elif ! grep -qxF "node/$hostname" "$work/labelled" && differs "the node lacks the label $1=$2"; then
    k3s kubectl label node "$hostname" "$1=$2" --overwrite >"$work/ignored"
  fi
}

guard_restore() {
  if [[ -n $restore_snapshot ]]; then
    guard_snapshot
    guard_members
  elif [[ -n $rejoin_wanted ]]; then
    guard_rejoin
  fi
}

guard_snapshot() {
  local directory=/var/lib/rancher/k3s/server/db/snapshots
  if [[ $name != "$k3s_first" ]]; then
    refuse "etcd is restored on $k3s_first, which the other servers join, and this is $name. Run the script of $k3s_first; if that node is lost, state firstNode: $name under cluster, synthesize, and run the new script here."
  elif [[ $restore_snapshot == /* ]]; then
    if [[ ! -f $root$restore_snapshot || ! -s $root$restore_snapshot ]]; then
      refuse "$restore_snapshot is not a file, or an empty one. $directory has: $(newest_snapshots "$root$directory"). A name without a slash is a snapshot in the bucket."
    elif [[ $restore_snapshot == *.zip ]] && ! python3 -m zipfile -t "$root$restore_snapshot" >"$work/ignored" 2>&1; then
      refuse "$restore_snapshot is not a whole zip archive. Take another: $(newest_snapshots "$root$directory")"
    fi
  elif [[ $restore_snapshot == */* ]]; then
    refuse "$restore_snapshot is a relative path. State an absolute path of this node, or the bare name of a snapshot in the bucket."
  else
    secret etcd-s3 'where the bucket is and its keys, one etcd-s3-… a line as in the Secret, which k3s cannot read during a restore'
    if [[ -s $secrets/etcd-s3 ]] && ! bucket_is_known; then
      refuse "/etc/honeydue/secrets/etcd-s3 must have a line each for etcd-s3-bucket=, etcd-s3-access-key= and etcd-s3-secret-key=, and no line that is not etcd-s3-…=."
    fi
  fi
}

newest_snapshots() {
  if [[ -d $1 ]]; then find "$1" -type f -printf '%T@ %f\n' | sort -n | tail -n 3 | cut -d' ' -f2- | xargs; else printf 'nothing'; fi
}

bucket_is_known() {
  local key
  for key in bucket access-key secret-key; do
    grep -qE "^etcd-s3-$key=." "$secrets/etcd-s3" || return 1
  done
  ! grep -qvE '^(etcd-s3-[a-z-]+=.*)?$' "$secrets/etcd-s3"
}

# A restored member begins a cluster of its own: members that go on beside it are a second one.
guard_members() {
  local server member address
  for server in $k3s_servers; do
    member=$(cut -d= -f1 <<<"$server")
    address=$(cut -d= -f2 <<<"$server")
    case $(ports_of "$address") in
      open) refuse "k3s runs on $member ($address), and would go on as a second cluster. Stop it: ssh $member sudo systemctl stop k3s" ;;
      silent)
        if [[ " $lost_servers " != *" $member "* ]]; then
          refuse "$member ($address) gives no answer, so its k3s may run. Stop it there; if the server is off or gone, accept that with --lost-server $member."
        fi
        ;;
    esac
  done
}

# Whether k3s listens at an address: open, closed, or silent where no answer comes.
ports_of() {
  python3 -c 'import socket, sys
state = "closed"
for port in (2379, 2380, 6443):
    try:
        socket.create_connection((sys.argv[1], port), 5).close()
        state = "open"
        break
    except ConnectionRefusedError:
        pass
    except OSError:
        state = "silent"
print(state)' "$1"
}

restore_etcd() {
  compare_k3s
  if ! differs "etcd, which becomes what it was in $restore_snapshot: what was made or changed since is forgotten"; then return; fi
  if [[ -s $work/unknown-options ]]; then
    fail "k3s has options that are not described: $(xargs <"$work/unknown-options"). A restart would drop them. Nothing of k3s was changed."
  fi
  mkdir -p "$state"
  put_k3s
  systemctl daemon-reload
  systemctl stop k3s.service
  reset_cluster
  token_of_start
  systemctl start --no-block k3s.service
  wait_for 900 'k3s to become healthy' is_ready ||
    fail 'etcd is restored, and k3s has started and is not healthy. journalctl -u k3s says why; then run this again without --restore-etcd.'
  end_first_start
  systemctl enable --quiet k3s.service
  tell_next
}

# A host that never ran k3s has the token from the operator alone. --token-file does not do here (k3s issue 13085).
reset_cluster() {
  local database=$root/var/lib/rancher/k3s/server/db log=$state/restore.log
  restore_config >"$work/restore.yaml"
  install -d -m 0700 "$database"
  find "$database" -mindepth 1 -maxdepth 1 -printf '%f\n' >"$work/database-before"
  rm -f "$database/reset-flag"
  printf 'restoring: k3s writes what it does to /var/lib/honeydue/restore.log\n'
  if (
    umask 077
    unset K3S_URL K3S_CONFIG_FILE
    if [[ ! -s $root/var/lib/rancher/k3s/server/token ]]; then
      K3S_TOKEN=$(cat "$secrets/k3s-token")
      export K3S_TOKEN
    fi
    if [[ $restore_snapshot == /* ]]; then
      k3s server --config "$work/restore.yaml" --cluster-reset "--cluster-reset-restore-path=$root$restore_snapshot" --etcd-s3=false
    else
      AWS_ACCESS_KEY_ID=$(of_bucket access-key)
      AWS_SECRET_ACCESS_KEY=$(of_bucket secret-key)
      export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
      k3s server --config "$work/restore.yaml" --cluster-reset "--cluster-reset-restore-path=$restore_snapshot" --etcd-s3
    fi
  ) >"$log" 2>&1 && [[ -e $database/reset-flag ]]; then
    return
  fi
  put_back "$database"
  fail "etcd is not restored, and its data is as before. k3s is stopped. Its last line: $(tail -n 1 "$log")"
}

# What k3s reads while it restores: no server to join, and of the bucket all but the keys.
restore_config() {
  grep -vE '^(server|cluster-init|token|token-file|etcd-s3[a-z-]*):' "$work/k3s/etc/rancher/k3s/config.yaml"
  if [[ $restore_snapshot != /* ]]; then
    grep -vE '^etcd-s3-(access-key|secret-key|retention)=|^$' "$secrets/etcd-s3" | sed "s/'/''/g; s/^\([a-z0-9-]*\)=\(.*\)/\1: '\2'/"
  fi
}

of_bucket() {
  sed -n "s/^etcd-s3-$1=//p" "$secrets/etcd-s3" | tail -n 1
}

# k3s moves the data away before it reads the snapshot.
put_back() {
  local old
  old=$(comm -13 <(sort "$work/database-before") <(find "$1" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort) | grep '^etcd-old-' | tail -n 1 || true)
  if [[ -n $old ]]; then
    rm -rf "$1/etcd" "$1/reset-flag"
    mv "$1/$old" "$1/etcd"
  fi
}

token_of_start() {
  if [[ -s $root/var/lib/rancher/k3s/server/token ]]; then return; fi
  printf '[Service]\nEnvironment=K3S_TOKEN_FILE=%s\n' "$secrets/k3s-token" >"$work/first-start"
  put "$work/first-start" 0644 root:root "$(first_start_file)"
  systemctl daemon-reload
}

tell_next() {
  local server member
  printf '\nrestored: %s is the only member of etcd now.\n' "$name"
  if [[ -e $secrets/etcd-s3 ]]; then printf 'next: remove the keys of the bucket from this node: sudo rm /etc/honeydue/secrets/etcd-s3\n'; fi
  for server in $k3s_servers; do
    member=$(cut -d= -f1 <<<"$server")
    printf 'next: ssh %s sudo bash -s -- --rejoin-etcd < dist/nodes/%s.sh\n' "$member" "$member"
  done
  printf 'next: kubectl get nodes; delete each node that is no more; then npm run synth -- --strict and apply what has changed since the snapshot.\n'
}

# The data of a member that the cluster no longer knows: k3s starts with it for ever, and never joins (k3s issue 13498).
guard_rejoin() {
  local server=$root/var/lib/rancher/k3s/server
  if [[ -z $k3s_join ]]; then
    refuse 'this node joins no other server. State initialised: true under cluster, synthesize, and run the new script.'
    return
  fi
  if systemctl is-active --quiet k3s.service; then
    refuse "k3s runs here, and --rejoin-etcd gives up this member's data. Stop it: sudo systemctl stop k3s"
  fi
  if ! answers "$k3s_join"; then
    refuse "https://$k3s_join:6443 does not answer, so there is no cluster to join. Restore or start that server first."
  fi
  if [[ ! -s $secrets/k3s-token && ! -s $server/token ]]; then secret k3s-token 'the token of the cluster'; fi
}

# Moves etcd's data away; the snapshots, which k3s' documentation deletes with it, stay.
give_up_member() {
  local server=$root/var/lib/rancher/k3s/server
  if ! has_data || ! differs "etcd's data, which moves to server/db/etcd-before-rejoin: this node joins $k3s_join without it"; then return; fi
  if [[ ! -s $secrets/k3s-token ]]; then
    install -d -m 0700 "$secrets"
    put "$server/token" 0600 root:root "$secrets/k3s-token"
  fi
  rm -rf "$server/db/etcd-before-rejoin"
  mv "$server/db/etcd" "$server/db/etcd-before-rejoin"
}

# bucket SECRET COUNT: how many snapshots the bucket keeps of all servers together
bucket() {
  local answer found encoded kept=''
  if ! has_data; then return; fi
  if ! answer=$(k3s kubectl get secret "$1" -n kube-system --ignore-not-found -o 'jsonpath={.metadata.name} {.data.etcd-s3-retention}' 2>"$work/ignored"); then
    leaves "the Secret $1 can't be looked up: k3s does not answer"
    return
  fi
  read -r found encoded <<<"$answer" || true
  if [[ -z $found ]]; then
    printf "note: there is no Secret %s in kube-system, so etcd's snapshots stay on the servers' own disks.\n" "$1"
    return
  fi
  kept=$(base64 -d <<<"$encoded")
  if [[ $kept == "$2" ]]; then return; fi
  if [[ -z $kept ]]; then kept="k3s' default"; fi
  leaves "the bucket keeps $kept snapshots of all servers together, and must keep $2: kubectl patch secret $1 -n kube-system --type merge -p '{\"stringData\":{\"etcd-s3-retention\":\"$2\"}}'"
}

main "$@"
