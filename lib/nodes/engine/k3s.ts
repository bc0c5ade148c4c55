/** k3s' files, its binary, and the changes that a cluster with data can't make. */
export const k3sEngine = String.raw`
# Uses the new binary if the installed one does not run.
k3s() {
  if [[ -x $work/k3s-binary ]]; then
    "$work/k3s-binary" "$@"
  else
    "$root/usr/local/bin/k3s" "$@"
  fi
}

# Whether the node has joined: a server has etcd's data, an agent its certificate.
has_data() {
  [[ -e $root$k3s_data ]]
}

# Whether this run starts or restarts k3s.
starts_k3s() {
  [[ -z $check && -n $restart_wanted$restore_snapshot$rejoin_wanted ]] || ! has_data
}

# Refuses changes that are impossible once the cluster has data.
guard_k3s() {
  local server=$root/var/lib/rancher/k3s/server address encryption=false backend
  initialised=$root/etc/honeydue/cluster-initialised
  if ! has_data; then
    if [[ -e $server/db/state.db ]]; then
      refuse 'k3s runs here on SQLite, not on etcd, so this is not a server of the cluster. Check that this is the right machine.'
    elif [[ -e $root/etc/systemd/system/k3s-agent.service ]]; then
      refuse "this node is a k3s agent and can't become a server. Replace the node (docs/tasks/replace-node.md), or state role: agent."
    elif [[ -z $k3s_join && -e $initialised && -z $restore_snapshot ]]; then
      refuse "this node initialised the cluster before, and its data is gone. To initialise again would create a second cluster. Set cluster.initialised to true, synthesize, and run the new script: the node then joins the others."
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

# secret NAME WHAT: a file that the operator creates on the node, for root only
secret() {
  local path=$secrets/$1
  if [[ ! -s $path ]]; then
    if starts_k3s; then
      refuse "/etc/honeydue/secrets/$1 is not there: $2. Put it there with: sudo install -D -m 0600 /dev/stdin /etc/honeydue/secrets/$1"
    else
      leaves "/etc/honeydue/secrets/$1 is not there: $2"
    fi
  elif [[ $(stat -c '%a %U' "$path") != '600 root' ]]; then
    refuse "/etc/honeydue/secrets/$1 must have mode 0600 and be root's. Other users may have read it: replace the secret."
  fi
}

# token: a node without data needs the cluster's, once
token() {
  if ! has_data; then secret k3s-token 'the token of the cluster (of one that runs: /var/lib/rancher/k3s/server/token)'; fi
}

# Prints nothing if the binary does not run, for example because it is incomplete.
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

# Replaces @secret:NAME@ by the content of that file, and the other marks by values of this machine.
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

# The interface of the default route.
public_address() {
  ip -o -4 route get 1.1.1.1 | sed -nE 's/.* src ([0-9.]+).*/\1/p'
}

# The interface of a private network can appear late.
node_address() {
  if has_interface; then return; fi
  if [[ -n $check ]]; then
    differs "no interface has the address $k3s_address" || true
  else
    wait_for 300 "an interface with the address $k3s_address" has_interface ||
      fail "no interface has the address $k3s_address, so k3s can't start. ip address shows what there is."
  fi
}

# Writes all differences of k3s' files to k3s-differences.
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

# Drop-ins and environment files of k3s' unit. Values are not printed, because one may be a token.
unit_additions() {
  local path drop_in
  while read -r path; do
    drop_in=$root$path
    if [[ $drop_in != "$root/run/systemd/system/$k3s_unit.d/"* ]]; then leaves "$path is not part of the description of this node, but systemd reads it for $k3s_unit. Remove the file, then run: systemctl daemon-reload"; fi
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
`;
