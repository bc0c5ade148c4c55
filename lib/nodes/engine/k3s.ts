/**
 * Shell functions for the files and the binary of k3s, and checks for changes that a cluster with data can't make.
 */
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
      refuse "this node is a k3s agent and can't become a server. Replace the node (docs/tasks/replace-node.md), or set role: agent."
    elif [[ -z $k3s_join && -e $initialised && -z $restore_snapshot ]]; then
      refuse "this node initialised the cluster before, but its etcd data is missing. To initialise again would create a second cluster. Set cluster.initialised to true, run npm run synth, and run the new script: the node then joins the other servers."
    fi
    return
  fi
  address=$(sed -nE 's|^advertise-client-urls: "?https://(.*):2379"?$|\1|p' "$server/db/etcd/config" 2>"$work/ignored" || true)
  if [[ -z $address ]]; then address='(not readable)'; fi
  if [[ $address != "$k3s_address" ]]; then
    refuse "etcd knows this node by the address $address, which would become $k3s_address. An etcd member can't change its address (k3s issue 4296): set the old address, or rebuild the node."
  fi
  if [[ -e $server/cred/encryption-config.json ]]; then encryption=true; fi
  if [[ $encryption != "$k3s_secrets_encryption" ]]; then
    refuse "secrets encryption is $encryption on this node, and would become $k3s_secrets_encryption. k3s can't change this setting in a cluster that has data: set secretsEncryption: $encryption."
  fi
  backend=$(sed -nE 's/^[[:space:]]*"Type": "(.*)",?$/\1/p' "$root/var/lib/rancher/k3s/agent/etc/flannel/net-conf.json" 2>"$work/ignored" || true)
  if [[ -z $backend ]]; then backend=unknown; fi
  if [[ $backend == wireguard ]]; then backend=wireguard-native; fi
  if [[ $backend != "$k3s_flannel_backend" && -z $flannel_change_wanted ]]; then
    refuse "flannel uses the backend $backend on this node, and would use $k3s_flannel_backend. The change causes an outage of the whole cluster: pods of different nodes can't reach each other until k3s has restarted on every node. To accept the outage, run the scripts of all nodes, one after the other, with --restart-k3s --change-flannel-backend. To keep the backend, set flannelBackend: $backend."
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
    refuse "this node runs k3s $installed, and a cluster that has data can't go back to $k3s_version."
  elif ((wanted_minor > minor + 1)); then
    refuse "this node runs k3s $installed, and an upgrade to $k3s_version would skip a minor version, which Kubernetes does not support. Upgrade to v1.$((minor + 1)) first."
  fi
}

# secret NAME WHAT: a file that the operator creates on the node, for root only
secret() {
  local path=$secrets/$1
  if [[ ! -s $path ]]; then
    if starts_k3s; then
      refuse "/etc/honeydue/secrets/$1 is missing ($2). Create the file with: sudo install -D -m 0600 /dev/stdin /etc/honeydue/secrets/$1"
    else
      leaves "/etc/honeydue/secrets/$1 is missing ($2)"
    fi
  elif [[ $(stat -c '%a %U' "$path") != '600 root' ]]; then
    refuse "/etc/honeydue/secrets/$1 must have mode 0600 and be owned by root. Other users may have read the secret: replace it."
  fi
}

# token: a node without data needs the token of the cluster for its first start
token() {
  if ! has_data; then secret k3s-token 'the token of the cluster; a running server has it in /var/lib/rancher/k3s/server/token'; fi
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

# k3s_file MODE PATH, its content on standard input: records a file for the function compare_k3s
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

# Replaces @secret:NAME@ with the content of the secret's file, and the other marks with values of this machine.
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

# The address of the interface with the default route.
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
      fail "no interface has the address $k3s_address, so k3s can't start. To list the addresses of this node: ip address"
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
    printf '/usr/local/bin/k3s does not have the SHA-256 of k3s %s, %s\n' "$k3s_version" "$k3s_sha256" >>"$work/k3s-differences"
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
    printf 'an earlier run was interrupted before k3s had restarted\n' >>"$work/k3s-differences"
  fi
}

# An existing file may contain a token or keys of a bucket, in a flag, a variable or an option. Of the lines that would be
# removed, a value is printed only if the new file has the option too.
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

# Lists the options of k3s that are not in the configuration: a restart would remove them. Options that only a first start
# needs, and options of the kubeconfig file, are ignored.
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
    leaves "k3s runs with options that are not in the configuration of this node, and a restart would remove them: $(xargs <"$work/unknown-options")"
  fi
  unit_additions
  for other in "$config/config.yaml.d/"*.yaml; do
    if [[ -e $other && ! -e $work/k3s/etc/rancher/k3s/config.yaml.d/$(basename "$other") ]]; then
      leaves "k3s reads /etc/rancher/k3s/config.yaml.d/$(basename "$other"), which is not part of the configuration of this node. Remove the file, or move its options into the configuration."
    fi
  done
}

# Drop-ins and environment files of k3s' unit. Values are not printed, because one may be a token.
unit_additions() {
  local path drop_in
  while read -r path; do
    drop_in=$root$path
    if [[ $drop_in != "$root/run/systemd/system/$k3s_unit.d/"* ]]; then leaves "$path is not part of the configuration of this node, but systemd reads it for $k3s_unit. Remove the file, then run: systemctl daemon-reload"; fi
  done < <(systemctl show "$k3s_unit" -p DropInPaths --value | xargs -rn 1)
  while read -r path; do
    if [[ -s $root$path ]] && grep -q = "$root$path"; then
      leaves "$path sets $(sed -nE 's/^[[:space:]]*([A-Za-z_0-9]+)=.*/\1/p' "$root$path" | xargs) for $k3s_unit, but these variables are not part of the configuration of this node. Remove the variables that are not needed."
    fi
  done < <(systemctl show "$k3s_unit" -p EnvironmentFiles --value | sed 's/ (ignore_errors=.*//')
}

option_names() {
  grep -oE '^[a-z0-9-]+:' "$1" | tr -d : || true
}
`;
