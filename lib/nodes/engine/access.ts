/** Shell functions for SSH: the settings of sshd, and checks that keep the operator from being locked out. */
export const accessEngine = String.raw`
# machine HOSTNAME: each script is for one node
machine() {
  local here
  here=$(hostname)
  if [[ $here != "$1" ]]; then
    fail "this host is $here, but the script is for $1. Nothing was changed."
  fi
}

# unresolved PATH COMMAND: reports a value that only the operator can know
unresolved() {
  incomplete=yes
  refuse "$1 is unresolved; to find the value: $2"
}
incomplete=''

# logged_on_over PORTS, the operator's networks on standard input: refuses a change that would close the port or the network of this session
logged_on_over() {
  local networks connection client port
  networks=$(cat)
  connection=$(ssh_connection)
  if [[ -z $connection ]]; then return; fi
  read -r client _ _ port <<<"$connection"
  if [[ " $1 " != *" $port "* ]]; then
    refuse "you are logged on over port $port, but sshd would then listen only on $1. Set both ports in access.sshPorts, run this script, log on over the new port, then remove $port and run the script from that session."
  fi
  if [[ -n $networks ]] && ! within "$client" <<<"$networks"; then
    refuse "you are logged on from $client, but access.networks allows only $(xargs <<<"$networks"). Add your address to access.networks, or run this script from one of these networks."
  fi
}

# sudo removes the variable SSH_CONNECTION, but a parent of this process still has it.
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

# keeps_a_key USER, the new keys on standard input: refuses to remove all keys that work today
keeps_a_key() {
  local present=$root/home/$1/.ssh/authorized_keys wanted=$work/keys
  cat >"$wanted"
  if [[ ! -s $present ]]; then return; fi
  if [[ -z $(comm -12 <(bare_keys "$present") <(bare_keys "$wanted")) ]]; then
    refuse "this would remove every SSH key with which $1 can log on today. Keep an old key and add the new key, log on with the new key, then remove the old key."
  fi
}

# Type and key, without options and comment.
bare_keys() {
  sed -nE 's/^(.* )?((ssh|ecdsa|sk)-[^ ]+ [^ ]+).*/\2/p' "$1" | sort
}

reload_ssh() {
  mkdir -p "$root/run/sshd"
  sshd -t || fail 'sshd refuses the new configuration, and continues with the previous one. To see why: sshd -t'
  systemctl daemon-reload
  # Open sessions survive this, but no new one can start between the two commands: keep them together.
  trap '' INT TERM HUP
  if systemctl is-active --quiet ssh.socket; then
    systemctl stop ssh.service
    systemctl restart ssh.socket || systemctl start ssh.service
  else
    systemctl restart ssh.service
  fi
  trap 'exit 130' INT TERM HUP
}

# sshd_in_force USER, the expected lines of sshd -T on standard input: another file or a Match block can override ours
sshd_in_force() {
  local key value
  cat >"$work/sshd-wanted"
  if ! command -v sshd >"$work/ignored"; then return; fi
  mkdir -p "$root/run/sshd"
  if ! sshd -T -C "user=$1,host=localhost,addr=127.0.0.1" >"$work/sshd-output" 2>&1; then
    leaves "sshd -T fails: $(tail -n 1 "$work/sshd-output")"
    return
  fi
  # without-password is the older name of prohibit-password.
  sed 's/^permitrootlogin without-password$/permitrootlogin prohibit-password/' "$work/sshd-output" >"$work/sshd"
  while read -r key value; do
    if [[ $key != port ]] && ! grep -qix "$key $value" "$work/sshd"; then
      leaves "the option of sshd in force for $1 is '$(awk -v key="$key" '$1 == key' "$work/sshd")', but its value must be $value. Remove the option from: $(setters "$key"). Then run: sudo systemctl reload ssh"
    fi
  done <"$work/sshd-wanted"
  if [[ $(sed -n 's/^port //p' "$work/sshd" | sort | xargs) != "$(sed -n 's/^port //p' "$work/sshd-wanted" | sort | xargs)" ]]; then
    leaves "sshd uses the ports $(sed -n 's/^port //p' "$work/sshd" | xargs), but must use $(sed -n 's/^port //p' "$work/sshd-wanted" | xargs). Remove the option Port from: $(setters port). Then run: sudo systemctl reload ssh"
  fi
}

# Prints the files and lines that set an option, except for our own file.
setters() {
  grep -niE "^[[:space:]]*$1[[:space:]=]" "$root/etc/ssh/sshd_config.d/"*.conf "$root/etc/ssh/sshd_config" 2>"$work/ignored" |
    grep -v '/10-honeydue.conf:' | cut -d: -f1,2 | sed "s|^$root||" | xargs || true
}

# listens PORT...: checks that sshd or its socket unit listens on the ports, now and after a reboot
listens() {
  local port unit enabled=''
  if ! command -v sshd >"$work/ignored"; then return; fi
  for unit in ssh.socket ssh.service; do
    if systemctl is-enabled --quiet "$unit" 2>"$work/ignored"; then enabled=yes; fi
  done
  if [[ -z $enabled ]] && differs 'ssh.service and ssh.socket do not start at boot'; then systemctl enable --quiet ssh.service; fi
  for port in "$@"; do
    if [[ -z $(ss -tlnH "sport = :$port") ]]; then leaves "nothing listens on port $port. To see why: systemctl status ssh.socket ssh.service"; fi
  done
}
`;
