/**
 * Shell functions that restore etcd from a snapshot, and let the other servers rejoin.
 *
 * @see https://docs.k3s.io/cli/etcd-snapshot#restoring-snapshots
 */
export const restoreEngine = String.raw`
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
    refuse "etcd can be restored only on $k3s_first, because the other servers join that node, but this node is $name. Run the script of $k3s_first. If $k3s_first is lost, set firstNode: $name under cluster, run npm run synth, and run the new script here."
  elif [[ $restore_snapshot == /* ]]; then
    if [[ ! -f $root$restore_snapshot || ! -s $root$restore_snapshot ]]; then
      refuse "$restore_snapshot is not a file, or is empty. The newest snapshots in $directory: $(newest_snapshots "$root$directory"). A name without a slash means a snapshot in the bucket."
    elif [[ $restore_snapshot == *.zip ]] && ! python3 -m zipfile -t "$root$restore_snapshot" >"$work/ignored" 2>&1; then
      refuse "$restore_snapshot is not a complete zip archive. Use another snapshot: $(newest_snapshots "$root$directory")"
    fi
  elif [[ $restore_snapshot == */* ]]; then
    refuse "$restore_snapshot is a relative path. Use an absolute path on this node, or the name of a snapshot in the bucket, without a slash."
  else
    secret etcd-s3 'the settings and access keys of the bucket, one on each line, such as etcd-s3-bucket=backups. During a restore, k3s cannot read them from the cluster'
    if [[ -s $secrets/etcd-s3 ]] && ! bucket_is_known; then
      refuse "/etc/honeydue/secrets/etcd-s3 must have the lines etcd-s3-bucket=, etcd-s3-access-key= and etcd-s3-secret-key=. All other lines must also begin with etcd-s3-."
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

# A restored server starts a new cluster. If other servers keep running, there are two clusters.
guard_members() {
  local server member address
  for server in $k3s_servers; do
    member=$(cut -d= -f1 <<<"$server")
    address=$(cut -d= -f2 <<<"$server")
    case $(ports_of "$address") in
      open) refuse "k3s runs on $member ($address) and would continue as a second cluster. Stop k3s there: ssh $member sudo systemctl stop k3s" ;;
      silent)
        if [[ " $lost_servers " != *" $member "* ]]; then
          refuse "$member ($address) does not answer, so k3s may still run there. Stop k3s on $member. If that server is off or deleted, add --lost-server $member."
        fi
        ;;
    esac
  done
}

# Whether k3s listens at an address: open, closed, or silent without an answer.
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
  if ! differs "etcd is restored from $restore_snapshot: all later changes of the cluster's objects are lost"; then return; fi
  if [[ -s $work/unknown-options ]]; then
    fail "k3s runs with options that are not in the configuration of this node: $(xargs <"$work/unknown-options"). A restart would remove these options. k3s and its files were not changed."
  fi
  mkdir -p "$state"
  put_k3s
  systemctl daemon-reload
  systemctl stop k3s.service
  reset_cluster
  token_of_start
  systemctl start --no-block k3s.service
  wait_for 900 'k3s to become healthy' is_ready ||
    fail 'etcd is restored and k3s has started, but k3s is not healthy. To see why: journalctl -u k3s. Then run this script again without --restore-etcd.'
  end_first_start
  systemctl enable --quiet k3s.service
  tell_next
}

# A host that never ran k3s gets the token from the operator. --token-file has no effect here (k3s issue 13085).
reset_cluster() {
  local database=$root/var/lib/rancher/k3s/server/db log=$state/restore.log
  restore_config >"$work/restore.yaml"
  install -d -m 0700 "$database"
  find "$database" -mindepth 1 -maxdepth 1 -printf '%f\n' >"$work/database-before"
  rm -f "$database/reset-flag"
  printf 'restoring: the log of k3s is /var/lib/honeydue/restore.log\n'
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
  fail "etcd was not restored, and its data is unchanged. k3s is stopped. The last line of its log: $(tail -n 1 "$log")"
}

# k3s' options during the restore: no server to join, and the bucket without its keys.
restore_config() {
  grep -vE '^(server|cluster-init|token|token-file|etcd-s3[a-z-]*):' "$work/k3s/etc/rancher/k3s/config.yaml"
  if [[ $restore_snapshot != /* ]]; then
    grep -vE '^etcd-s3-(access-key|secret-key|retention)=|^$' "$secrets/etcd-s3" | sed "s/'/''/g; s/^\([a-z0-9-]*\)=\(.*\)/\1: '\2'/"
  fi
}

of_bucket() {
  sed -n "s/^etcd-s3-$1=//p" "$secrets/etcd-s3" | tail -n 1
}

# Moves etcd's old data back: k3s renames the directory before it reads the snapshot.
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
  printf 'next: run kubectl get nodes, and delete each node that no longer exists; then run npm run synth -- --strict, and apply what has changed since the snapshot.\n'
}

# With the data of a removed member, k3s restarts for ever and never joins (k3s issue 13498).
guard_rejoin() {
  local server=$root/var/lib/rancher/k3s/server
  if [[ -z $k3s_join ]]; then
    refuse 'the script of this node joins no other server. Set initialised: true under cluster, run npm run synth, and run the new script.'
    return
  fi
  if systemctl is-active --quiet k3s.service; then
    refuse "k3s still runs on this node, but --rejoin-etcd removes the node's etcd data. Stop k3s first: sudo systemctl stop k3s"
  fi
  if ! answers "$k3s_join"; then
    refuse "https://$k3s_join:6443 does not answer, so there is no cluster to join. Restore or start that server first."
  fi
  if [[ ! -s $secrets/k3s-token && ! -s $server/token ]]; then secret k3s-token 'the token of the cluster'; fi
}

# Renames the directory with etcd's data. k3s' documentation deletes the directory above, with the snapshots; here they stay.
give_up_member() {
  local server=$root/var/lib/rancher/k3s/server
  if ! has_data || ! differs "etcd's data on this node is renamed to server/db/etcd-before-rejoin, and the node joins $k3s_join without this data"; then return; fi
  if [[ ! -s $secrets/k3s-token ]]; then
    install -d -m 0700 "$secrets"
    put "$server/token" 0600 root:root "$secrets/k3s-token"
  fi
  rm -rf "$server/db/etcd-before-rejoin"
  mv "$server/db/etcd" "$server/db/etcd-before-rejoin"
}

# bucket SECRET COUNT: checks the number of snapshots that the bucket keeps for all servers together
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
  leaves "the bucket keeps $kept snapshots of all servers together, but must keep $2. Run: kubectl patch secret $1 -n kube-system --type merge -p '{\"stringData\":{\"etcd-s3-retention\":\"$2\"}}'"
}
`;
