/** What keeps the operator from being locked out, and the firewall. */
export const accessEngine = String.raw`
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

# rule PURPOSE RULE: as ufw prints it; firewall compares them all
rule() {
  printf '%s\t%s\n' "$2" "$1" >>"$work/rules"
}

# Opens first and closes last; and closes nothing while ufw has one of ours in other words, which would look like one
# that nobody asked for.
firewall() {
  local rule purpose present missing
  if ! command -v ufw >"$work/ignored"; then
    differs 'ufw is not there' || true
    return
  fi
  present=$(firewall_rules)
  while IFS=$'\t' read -r rule purpose; do
    if [[ $'\n'$present$'\n' != *$'\n'"$rule"$'\n'* ]] && differs "ufw lacks: $rule ($purpose)"; then
      xargs ufw <<<"$rule comment '$purpose'" >"$work/ignored"
    fi
  done <"$work/rules"
  default_policy incoming INPUT deny DROP
  default_policy outgoing OUTPUT allow ACCEPT
  if [[ $(ufw status) != 'Status: active'* ]] && differs 'ufw is off'; then ufw --force enable >"$work/ignored"; fi
  if [[ -n $incomplete ]]; then return; fi
  if [[ -z $check ]]; then
    present=$(firewall_rules)
    missing=$(comm -23 <(cut -f1 "$work/rules" | sort -u) <(printf '%s\n' "$present"))
    if [[ -n $missing ]]; then fail "ufw took this and shows it in other words, or not at all: $missing. No rule was removed."; fi
  fi
  while read -r rule; do
    if differs "ufw has what nobody asked for: $rule"; then close_rule "$rule"; fi
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
`;
