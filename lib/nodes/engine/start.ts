/** Shell functions that start k3s on a new server, and restart k3s on request. */
export const startEngine = String.raw`
k3s_server() {
  if [[ -n $restore_snapshot ]]; then
    restore_etcd
    return
  fi
  if [[ -n $rejoin_wanted ]]; then give_up_member; fi
  compare_k3s
  if ! has_data; then
    if differs 'k3s has no data on this node yet, and must start for the first time'; then
      first_start
    else
      sed 's/^/  /' "$work/k3s-differences"
    fi
    return
  fi
  finish_first_start
  if [[ -s $work/k3s-differences ]]; then
    if [[ -z $restart_wanted ]]; then
      leaves 'these changes need a restart of k3s (--restart-k3s, one node at a time):'
      sed 's/^/  /' "$work/k3s-differences"
    elif differs "k3s restarts for these changes: $(cat "$work/k3s-differences")"; then
      restart_k3s
    fi
  fi
  if ! systemctl is-enabled --quiet k3s.service && differs 'k3s.service does not start at boot'; then
    systemctl enable --quiet k3s.service
  fi
  if ! systemctl is-active --quiet k3s.service; then
    leaves 'k3s does not run. To see why: journalctl -u k3s. To start k3s: systemctl start k3s'
  fi
}

# Only the first start has the settings that initialise or join a cluster. They are in /run, so that no later start has them: a
# server that keeps cluster-init starts a second cluster if its data is lost (k3s issue 13623).
first_start() {
  put_k3s
  {
    printf '[Service]\n'
    if [[ -z $k3s_join ]]; then printf 'Environment=K3S_CLUSTER_INIT=true\n'; fi
    printf 'Environment=K3S_TOKEN_FILE=%s\n' "$secrets/k3s-token"
  } >"$work/first-start"
  if [[ -n $k3s_join ]]; then
    wait_for 1800 "the API server of $k3s_join" answers "$k3s_join" ||
      fail "https://$k3s_join:6443 does not answer, so there is no cluster to join. Set up that node first, then run this script again."
  fi
  put "$work/first-start" 0644 root:root "$(first_start_file)"
  systemctl daemon-reload
  systemctl start --no-block k3s.service
  wait_for 900 'k3s to become healthy' is_ready ||
    fail 'k3s has started, but is not healthy. To see why: journalctl -u k3s. Then run this script again.'
  end_first_start
  systemctl enable --quiet k3s.service
}

# An interrupted first start is complete once there is data.
finish_first_start() {
  if [[ -e $(first_start_file) ]] || [[ -z $k3s_join && ! -e $initialised ]]; then
    if differs 'the first start of k3s was interrupted'; then end_first_start; fi
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

# Whether this node's etcd member has a leader, and the quorum answered a read. k3s serves no HTTP on 2379 (k3s pull request
# 8402); 2381 is etcd's own metrics listener, on 127.0.0.1 alone.
own_etcd_healthy() {
  [[ $(curl -s --max-time 5 http://127.0.0.1:2381/health) == *'"health":"true"'* ]]
}

# Whether the API server of a server can read a key from its own etcd member. The request needs the administrator's
# certificate of /etc/rancher/k3s/k3s.yaml; each server's own certificate contains its node-ip.
serves_etcd() {
  [[ $(k3s kubectl --server "https://$1:6443" --request-timeout=10s get --raw /readyz/etcd 2>"$work/serves-etcd") == ok ]]
}

# Whether every server of the cluster is Ready, a voting member, and healthy. Prints those that aren't.
members_healthy() {
  local member address ready voter
  if ! own_etcd_healthy; then
    printf 'etcd on this node does not report that it is healthy (curl http://127.0.0.1:2381/health)\n' >"$work/unhealthy"
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
      printf '%s (%s): https://%s:6443/readyz/etcd does not answer ok: %s\n' "$member" "$address" "$address" "$(head -n 1 "$work/serves-etcd")" >"$work/unhealthy"
      return 1
    fi
  done <"$work/members"
}

restart_k3s() {
  if [[ -s $work/unknown-options ]]; then
    fail "k3s runs with options that are not in the configuration of this node: $(xargs <"$work/unknown-options"). A restart would remove these options. k3s and its files were not changed."
  fi
  # Download before taking the lock, so that a failed download does not block the other nodes.
  fetch_k3s
  # The restart of a member that is down does not affect the others.
  if systemctl is-active --quiet k3s.service; then
    : >"$work/unhealthy"
    members_healthy || fail "not every etcd member is healthy, so the restart of this one could break the quorum. k3s and its files were not changed. $(cat "$work/unhealthy")"
    take_lock
  fi
  mkdir -p "$state"
  : >"$state/k3s-restart"
  put_k3s
  systemctl daemon-reload
  bounce k3s.service
  wait_for 600 'every etcd member to be healthy' members_healthy ||
    fail "k3s was restarted, but not every etcd member is healthy. Restart no other node. To see why: journalctl -u k3s. Then run this script again. $(cat "$work/unhealthy")"
  rm -f "$state/k3s-restart"
  if [[ $(lock_holder) == "$hostname" ]]; then k3s kubectl delete configmap honeydue-k3s-restart -n kube-system --ignore-not-found >"$work/ignored"; fi
}

# Only one node restarts k3s at a time: a ConfigMap is the lock, and a node that can't create it fails.
take_lock() {
  local holder
  if k3s kubectl create configmap honeydue-k3s-restart -n kube-system "--from-literal=node=$hostname" >"$work/ignored" 2>&1; then
    return
  fi
  holder=$(lock_holder)
  if [[ $holder != "$hostname" ]]; then
    if [[ -z $holder ]]; then holder='another node'; fi
    fail "$holder is restarting k3s, or its restart was interrupted. Finish that restart first: run the script of $holder with --restart-k3s. If that node no longer exists: kubectl delete configmap honeydue-k3s-restart -n kube-system. k3s and its files were not changed on this node."
  fi
}

lock_holder() {
  k3s kubectl get configmap honeydue-k3s-restart -n kube-system -o 'jsonpath={.data.node}' 2>"$work/ignored" || true
}

# Restarts a unit of k3s without waiting for it: without a quorum or an API server it never becomes active.
bounce() {
  # An interrupt between stop and start would leave k3s stopped.
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

# Downloads and checks the k3s binary, unless the installed one is right.
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
    fail "$release/$asset has the SHA-256 $(sha256sum <"$work/k3s-fetched" | cut -d' ' -f1), but must have $expected. k3s and its files were not changed."
  fi
  chmod 0755 "$work/k3s-fetched"
  mv "$work/k3s-fetched" "$work/k3s-binary"
}

fetch() {
  wait_for 120 "$1" curl -fsSL --retry 3 -o "$2" "$1" || fail "$1 can't be downloaded. k3s and its files were not changed."
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
`;
