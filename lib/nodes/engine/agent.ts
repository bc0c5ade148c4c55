/** Shell functions for a k3s agent, which sends requests to the cluster with the kubelet's credentials. */
export const agentEngine = String.raw`
guard_agent() {
  if [[ -e $root/var/lib/rancher/k3s/server/db ]]; then
    refuse "this node is a k3s server and can't become an agent: its etcd data would remain here, and etcd would lose a member. Replace the node (docs/tasks/replace-node.md), or remove role: agent."
  fi
  if [[ -n $restore_snapshot$rejoin_wanted ]]; then
    refuse 'this node is an agent and has no etcd. Use --restore-etcd and --rejoin-etcd on servers.'
  fi
  guard_version
}

as_kubelet() {
  k3s kubectl --kubeconfig "$root/var/lib/rancher/k3s/agent/kubelet.kubeconfig" "$@"
}

k3s_agent() {
  compare_k3s
  if ! has_data; then
    if differs 'k3s has not joined the cluster yet, and must start for the first time'; then
      join_cluster
    else
      sed 's/^/  /' "$work/k3s-differences"
    fi
    return
  fi
  if [[ -e $(agent_start_file) ]] && differs 'the first start of k3s was interrupted'; then end_join; fi
  if [[ -s $work/k3s-differences ]]; then
    if [[ -z $restart_wanted ]]; then
      leaves 'these changes need a restart of k3s (--restart-k3s):'
      sed 's/^/  /' "$work/k3s-differences"
    elif differs "k3s restarts for these changes: $(cat "$work/k3s-differences")"; then
      restart_agent
    fi
  fi
  if ! systemctl is-enabled --quiet k3s-agent.service && differs 'k3s-agent.service does not start at boot'; then
    systemctl enable --quiet k3s-agent.service
  fi
  if ! systemctl is-active --quiet k3s-agent.service; then
    leaves 'k3s does not run. To see why: journalctl -u k3s-agent. To start k3s: systemctl start k3s-agent'
  fi
}

# An agent needs the token until it has its own certificate.
join_cluster() {
  put_k3s
  wait_for 1800 "the API server of $k3s_join" answers "$k3s_join" ||
    fail "https://$k3s_join:6443 does not answer, so there is no cluster to join. Set up that node first, then run this script again."
  printf '[Service]\nEnvironment=K3S_TOKEN_FILE=%s\n' "$secrets/k3s-token" >"$work/first-start"
  put "$work/first-start" 0644 root:root "$(agent_start_file)"
  systemctl daemon-reload
  systemctl start --no-block k3s-agent.service
  wait_for 900 'the node to become Ready' agent_is_ready ||
    fail 'k3s has started, but the node is not Ready. To see why: journalctl -u k3s-agent. Then run this script again.'
  end_join
  systemctl enable --quiet k3s-agent.service
}

end_join() {
  rm -f "$(agent_start_file)"
  systemctl daemon-reload
}

agent_start_file() {
  printf '%s\n' "$root/run/systemd/system/k3s-agent.service.d/first-start.conf"
}

agent_is_ready() {
  has_data && systemctl is-active --quiet k3s-agent.service &&
    [[ $(as_kubelet get node "$hostname" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}' 2>"$work/ignored") == True ]]
}

restart_agent() {
  local version
  if [[ -s $work/unknown-options ]]; then
    fail "k3s runs with options that are not in the configuration of this node: $(xargs <"$work/unknown-options"). A restart would remove these options. k3s and its files were not changed."
  fi
  if [[ $(installed_version) != "$k3s_version" ]]; then
    version=$(as_kubelet get --raw /version | sed -n 's/.*"gitVersion": "\(.*\)".*/\1/p' || true)
    if [[ -z $version || $(printf '%s\n%s\n' "$version" "$k3s_version" | sort -V | tail -n 1) != "$version" ]]; then
      fail "the API server runs $version, and a kubelet must not be newer, but this node would run $k3s_version. Restart k3s on every server first. k3s and its files were not changed."
    fi
  fi
  mkdir -p "$state"
  : >"$state/k3s-restart"
  put_k3s
  systemctl daemon-reload
  bounce k3s-agent.service
  wait_for 600 'the node to be Ready' agent_is_ready ||
    fail 'k3s was restarted, but the node is not Ready. To see why: journalctl -u k3s-agent. Then run this script again.'
  rm -f "$state/k3s-restart"
}

# agent_label KEY VALUE: a kubelet can set the labels of its own node, except Kubernetes' own labels
agent_label() {
  local value
  if ! has_data; then return; fi
  if ! value=$(as_kubelet get node "$hostname" -o "go-template={{index .metadata.labels \"$1\"}}" 2>"$work/ignored"); then
    leaves "the label $1=$2 can't be looked up: the API server does not answer"
  elif [[ $value != "$2" ]] && differs "the node lacks the label $1=$2"; then
    if ! as_kubelet label node "$hostname" "$1=$2" --overwrite >"$work/ignored"; then
      leaves "a kubelet may not set the label $1=$2. Run: kubectl label node $hostname $1=$2 --overwrite"
    fi
  fi
}
`;
