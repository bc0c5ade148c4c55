#!/bin/sh
# Every program by which a node's script changes a machine, as one, called by the name of a link. What it does is kept
# below $MACHINE/state; what changes something is logged in $MACHINE/calls. Each answers only what the real program is
# known to answer, most of them as in-force.gate.ts and first-boot.gate.ts have the real one do; the source of the others
# is at their line. What is not known fails.
set -eu
program=${0##*/}
state=$MACHINE/state
root=$MACHINE/root
unknown() { echo "no answer of $program is known for: $*" >&2; exit 97; }
log() { echo "$program $*" >>"$MACHINE/calls"; }

start_k3s() {
  data=$root/var/lib/rancher/k3s
  config=$root/etc/rancher/k3s/config.yaml
  option() { sed -n "s/^$1: //p" "$config"; }
  first=$(cat "$root/run/systemd/system/k3s.service.d/"*.conf 2>/dev/null || true)
  if [ ! -d "$data/server/db/etcd/member/wal" ]; then
    case $first in
      *K3S_CLUSTER_INIT=true*) echo initialised >>"$MACHINE/clusters" ;;
      *) if [ -n "$(option server)" ]; then echo joined >>"$MACHINE/clusters"; else echo sqlite >>"$MACHINE/clusters"; fi ;;
    esac
    mkdir -p "$data/server/db/etcd/member/wal" "$data/agent/etc/flannel" "$data/server/cred"
    echo "advertise-client-urls: https://$(option node-ip):2379" >"$data/server/db/etcd/config"
  fi
  # Every start writes the token, with the hash of the CA, and removes the flag of a reset (pkg/cluster/managed.go).
  token=$(echo "$first" | sed -n 's/^Environment=K3S_TOKEN_FILE=//p')
  if [ ! -s "$data/server/token" ] && [ -n "$token" ]; then echo "K10hash::server:$(cat "$token")" >"$data/server/token"; fi
  rm -f "$data/server/db/reset-flag"
  backend=$(option flannel-backend)
  printf '\t"Backend": {\n\t"Type": "%s"\n}\n' "$(echo "$backend" | sed s/-native//)" >"$data/agent/etc/flannel/net-conf.json"
  if [ "$(option secrets-encryption)" = true ]; then : >"$data/server/cred/encryption-config.json"; fi
}

fatal() {
  echo "level=fatal msg=\"$*\"" >&2
  exit 1
}

# k3s server --cluster-reset: pkg/cli/server/server.go and Reset in pkg/etcd/etcd.go of k3s-io/k3s, v1.34; the flags' variables
# are in pkg/cli/cmds/server.go.
reset_k3s() {
  data=$root/var/lib/rancher/k3s
  config='' path='' s3='' flags=''
  for argument; do
    case $argument in
      --cluster-reset-restore-path=*) path=${argument#*=} ;;
      --etcd-s3=false) s3=false ;;
      --etcd-s3) s3=true ;;
      --etcd-s3-*=*) flags="$flags$(echo "$argument" | sed 's/^--//; s/=/: /')
" ;;
    esac
    if [ "$config" = --config ]; then config=$argument; elif [ "$argument" = --config ]; then config=--config; fi
  done
  [ -n "$config" ] || config=$root/etc/rancher/k3s/config.yaml
  # What the command line says comes after the file (pkg/configfilearg/parser.go).
  option() { { cat "$config"; echo "$flags"; } | sed -n "s/^$1: //p" | tail -n 1 | tr -d "'"; }
  [ -n "$s3" ] || s3=$(option etcd-s3)
  [ -z "$(option server)" ] || fatal 'cannot perform cluster-reset while server URL is set - remove server from configuration before resetting'
  # The token of --token-file is read elsewhere (k3s issue 13085).
  [ -n "${K3S_TOKEN:-}" ] || [ -e "$data/server/token" ] || fatal "$data/server/token does not exist, please pass --token to complete the restoration"
  if [ "$s3" = true ]; then
    [ -n "$(option etcd-s3-bucket)" ] || fatal 'cannot use S3 config secret when restoring snapshot; configuration must be set in CLI or config file'
    [ "${AWS_ACCESS_KEY_ID:-} ${AWS_SECRET_ACCESS_KEY:-}" = 'the-id the-key' ] || fatal 'failed to initialize S3 client'
    key=$state/bucket/$(option etcd-s3-folder)/$path
    [ -e "$key" ] || fatal 'failed to download snapshot from S3: The specified key does not exist.'
    mkdir -p "$data/server/db/snapshots"
    cp "$key" "$data/server/db/snapshots/$path"
    path=$data/server/db/snapshots/$path
  fi
  [ -e "$path" ] || fatal "etcd: snapshot path does not exist: $path"
  [ ! -d "$data/server/db/etcd" ] || mv "$data/server/db/etcd" "$data/server/db/etcd-old-1764506187"
  case $(cat "$path") in broken*) fatal 'expected sha256 [1 2], got [3 4]' ;; esac
  mkdir -p "$data/server/db/etcd/member/wal" "$data/agent/etc/flannel" "$data/server/cred"
  echo "advertise-client-urls: https://$(option node-ip):2379" >"$data/server/db/etcd/config"
  cp "$path" "$data/server/db/etcd/restored-from"
  echo restored >>"$MACHINE/clusters"
  : >"$data/server/db/reset-flag"
}

# An agent asks for the token until it has a certificate of its own (pkg/cli/agent/agent.go).
start_agent() {
  agent=$root/var/lib/rancher/k3s/agent
  unit=$(cat "$root/run/systemd/system/k3s-agent.service.d/"*.conf 2>/dev/null || true)
  case $unit in *K3S_TOKEN_FILE=*) ;; *) [ -e "$agent/client-kubelet.crt" ] || { rm -f "$state/active/k3s-agent.service"; return; } ;; esac
  mkdir -p "$agent"
  : >"$agent/client-kubelet.crt"
  echo agent >>"$MACHINE/clusters"
}

case $program in
  hostname) cat "$state/hostname" ;;
  ip)
    if [ "$3" = route ]; then echo '1.1.1.1 via 172.31.1.1 dev eth0 src 84.20.10.1 uid 0'; exit; fi
    if [ -e "$state/no-address" ]; then rm "$state/no-address"; else echo "2: eth1    inet $6 scope global eth1"; fi
    ;;
  sleep | sync) ;;
  visudo) [ ! -e "$state/refuses-visudo" ] ;;
  sshd)
    [ ! -e "$state/refuses-sshd" ] || exit 255
    # The first value of an option counts, and each port.
    if [ "$1" = -T ]; then cat "$root/etc/ssh/sshd_config.d/"*.conf | tr A-Z a-z | awk '$1 == "port" || !seen[$1]++'; fi
    ;;
  ss) echo 'LISTEN 0 128 0.0.0.0:22 0.0.0.0:*' ;;
  timedatectl) echo yes ;;
  iptables | ip6tables)
    prefix=ufw
    if [ "$program" = ip6tables ]; then prefix=ufw6; fi
    case "$*" in
      '-S INPUT')
        if [ ! -e "$state/ufw-on" ]; then echo '-P INPUT ACCEPT'; exit; fi
        echo '-P INPUT DROP'
        for chain in before-logging before after after-logging reject track; do echo "-A INPUT -j $prefix-$chain-input"; done
        ;;
      "-S $prefix-user-input") echo "-N $prefix-user-input" ;;
      *) unknown "$@" ;;
    esac
    ;;
  chown)
    # A file gets its owner before it gets its name.
    path=${2#"$root"}
    base=${path##*/}
    case $base in *.honeydue.??????) base=${base#.}; base=${base%.honeydue.*} ;; esac
    echo "$1 ${path%/*}/$base" >>"$state/owners"
    ;;
  stat)
    mode=$(/usr/bin/stat -c %a "$3")
    owner=root:root
    while read -r recorded path; do [ "$path" != "${3#"$root"}" ] || owner=$recorded; done <"$state/owners"
    case $2 in 0*) echo "0$mode $owner" ;; *) echo "$mode ${owner%:*}" ;; esac
    ;;
  getent) if [ -e "$state/users/$2" ]; then echo "$2:x:1000:1000::/home/$2:/bin/bash"; else exit 2; fi ;;
  useradd) log "$@"; for user; do :; done; : >"$state/users/$user" ;;
  dpkg) if [ -e "$state/packages/$2" ]; then echo 'Status: install ok installed'; else exit 1; fi ;;
  apt-get)
    log "$@"
    [ ! -e "$state/refuses-apt-get" ] || exit 100
    case "$*" in *' install '*) ;; *) exit 0 ;; esac
    if [ -e "$state/refuses-install" ]; then rm "$state/refuses-install"; exit 100; fi
    for package; do case $package in -* | *=* | install) ;; *) : >"$state/packages/$package" ;; esac; done
    ;;
  sysctl) if [ "$1" = -n ]; then cat "$state/sysctl/$2" 2>/dev/null || echo 60; else [ ! -e "$state/refuses-sysctl" ] || exit 255; log "$@"; echo "${3#*=}" >"$state/sysctl/${3%%=*}"; fi ;;
  ufw)
    case "$*" in
      'show added') echo 'Added user rules:'; sed 's/^/ufw /' "$state/ufw" ;;
      status) if [ -e "$state/ufw-on" ]; then echo 'Status: active'; else echo 'Status: inactive'; fi ;;
      '--force enable') log "$@"; : >"$state/ufw-on" ;;
      default*) log "$@"; sed -i "s/INPUT_POLICY=.*/INPUT_POLICY=\"DROP\"/" "$root/etc/default/ufw" ;;
      *delete*) log "$@"; shift 2; grep -vE "^$*( comment .*)?$" "$state/ufw" >"$state/ufw.new" || true; mv "$state/ufw.new" "$state/ufw" ;;
      *)
        log "$@"
        # The real one puts ports into their order.
        ports=$(echo "$*" | sed -n 's/.* port \([0-9:,]*\).*/\1/p')
        sorted=$(echo "$ports" | tr , '\n' | sort -n | paste -sd ,)
        rule=$(echo "$*" | sed "s/ port $ports/ port $sorted/; s/ comment \(.*\)$/ comment '\1'/")
        [ -e "$state/ufw-rewords" ] && rule=$(echo "$rule" | sed 's/ from / from in /')
        grep -qxF "$rule" "$state/ufw" || echo "$rule" >>"$state/ufw"
        ;;
    esac
    ;;
  nft) [ -e "$state/nft" ] ;;
  systemctl)
    for unit; do :; done
    case $unit in *.*) ;; *) unit=$unit.service ;; esac
    case $1 in
      is-enabled)
        if [ -e "$state/masked-$unit" ]; then word=masked; elif [ -e "$state/enabled/$unit" ]; then word=enabled; else word=disabled; fi
        case "$*" in *--quiet*) ;; *) echo "$word" ;; esac
        [ "$word" = enabled ]
        ;;
      is-*) [ -e "$state/${1#is-}/$unit" ] ;;
      show) cat "$state/$2.$4" 2>/dev/null || true ;;
      disable) log "$@"; rm -f "$state/enabled/$unit" ;;
      enable) log "$@"; : >"$state/enabled/$unit" ;;
      stop) log "$@"; rm -f "$state/active/$unit" ;;
      start | restart)
        log "$@"
        [ ! -e "$state/killed-at-$1-$unit" ] || { rm "$state/killed-at-$1-$unit"; kill -9 "$PPID"; exit 1; }
        : >"$state/active/$unit"
        case $unit in honeydue-metadata.service) : >"$state/nft" ;; k3s.service) start_k3s ;; k3s-agent.service) start_agent ;; esac
        ;;
      daemon-reload) log "$@" ;;
      *) unknown "$@" ;;
    esac
    ;;
  curl)
    for url; do case $url in http*://*) break ;; esac; done
    while [ $# -gt 1 ]; do if [ "$1" = -o ]; then to=$2; fi; shift; done
    case $url in
      */cacerts) if [ -e "$state/waits" ]; then rm "$state/waits"; exit 7; fi ;;
      # etcd 3.5 with --listen-metrics-urls; 2379 of k3s has no HTTP (k3s pull request 8402). booted/k3s.sh starts etcd itself.
      http://127.0.0.1:2381/health) if [ -e "$state/unhealthy-here" ]; then echo '{"health":"false","reason":"RAFT NO LEADER"}'; else echo '{"health":"true","reason":""}'; fi ;;
      *sha256sum-*) sum=$(sha256sum "$state/release"); echo "${sum%% *}  k3s" >"$to"; [ ! -e "$state/forged" ] || echo forged >>"$state/release" ;;
      *github.com*) [ ! -e "$state/release-missing" ] || exit 22; log "$url"; cp "$state/release" "$to" ;;
      *cloudflare.com/ips-*) [ ! -e "$state/cloudflare-down" ] || exit 22; cat "$state/${url##*/}" ;;
      *) unknown "$url" ;;
    esac
    ;;
  k3s)
    case "$*" in
      server\ *) log "$@"; reset_k3s "$@" ;;
      # An agent has no other kubeconfig, and the API server shows it no list of nodes but its own.
      *kubelet.kubeconfig*'--raw /version') printf '{\n  "gitVersion": "%s",\n}\n' "$(cat "$state/server-version")" ;;
      *kubelet.kubeconfig*'go-template='*) if [ -s "$state/labelled" ]; then printf true; else printf '<no value>'; fi ;;
      *kubelet.kubeconfig*'label node'*) log "$@"; echo labelled >"$state/labelled" ;;
      *kubelet.kubeconfig*'get node '*) echo True ;;
      *'get secret '*) cat "$state/bucket-secret" 2>/dev/null || true ;;
      --version) echo "k3s version $K3S_VERSION (0123456)" ;;
      *'get nodes -l node-role'*) cat "$state/members" ;;
      *'get nodes -l '*) cat "$state/labelled" ;;
      *'get node '*) echo True ;;
      *'create configmap'*) log "$@"; [ ! -e "$state/lock" ] || exit 1; cp "$state/hostname" "$state/lock" ;;
      *'get configmap'*) tr -d '\n' <"$state/lock" ;;
      *'delete configmap'*) log "$@"; rm -f "$state/lock" ;;
      # Kubernetes' documentation, "Kubernetes API health endpoints": each check has a path of its own and says ok. k3s'
      # API server reads etcd at https://127.0.0.1:2379, its own member (k3s, pkg/etcd).
      'kubectl --server https://'*' get --raw /readyz/etcd')
        address=${3#https://}
        if [ -e "$state/unhealthy-${address%:6443}" ]; then echo 'Error from server (InternalError): etcd failed' >&2; exit 1; else printf ok; fi
        ;;
      *'label node'*) log "$@"; echo "node/$(cat "$state/hostname")" >>"$state/labelled" ;;
      *) unknown "$@" ;;
    esac
    ;;
esac
