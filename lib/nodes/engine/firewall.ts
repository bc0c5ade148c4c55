/** Shell functions for the firewall: ufw's rules, in its files and in the kernel, and our own nftables table. */
export const firewallEngine = String.raw`
# rule PURPOSE RULE: records a rule, in the form that ufw prints, for the function firewall
rule() {
  printf '%s\t%s\n' "$2" "$1" >>"$work/rules"
}

# Adds rules first and removes rules last. Removes nothing while ufw lists one of our rules in another form, because that
# rule would look like one that is not in the configuration.
firewall() {
  local rule purpose present missing
  if ! command -v ufw >"$work/ignored"; then
    differs 'ufw is not installed' || true
    return
  fi
  # An enabled ufw without its chains would fail to load each new rule.
  if [[ $(ufw status) != 'Status: active'* ]] && grep -qsx 'ENABLED=yes' "$root/etc/ufw/ufw.conf" &&
    differs 'ufw is enabled, but its chains are not loaded'; then
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
    if [[ -n $missing ]]; then fail "ufw accepted this rule, but lists it in another form: $missing. No rule was removed."; fi
  fi
  while read -r rule; do
    if differs "ufw has a rule that is not in the configuration: $rule"; then close_rule "$rule"; fi
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

# loadable PROGRAM FILE: checks that ufw can load its rules after a reboot. ufw lists the rules in its files, even if they
# can't be loaded. Each change makes ufw write both files again.
loadable() {
  if [[ -f $root$2 ]] && ! "$1-restore" -n --test <"$root$2" >"$work/restore" 2>&1 &&
    differs "$2 can't be loaded at the next boot: $(head -n 1 "$work/restore")"; then
    rewrite_rules
  fi
}

# Documentation addresses, from which no packet comes (RFC 5737, RFC 3849).
rewrite_rules() {
  local address
  for address in 192.0.2.1 2001:db8::1; do ufw allow from "$address" >"$work/ignored"; done
  for address in 192.0.2.1 2001:db8::1; do ufw --force delete allow from "$address" >"$work/ignored"; done
}

# loaded_rules PROGRAM FILE PREFIX: checks the rules in the kernel. ufw reports active as long as its chains exist, even if
# no packet reaches them. The jumps to these chains are not restored by ufw reload or by a restart of ufw.
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
  if [[ $rules != '-P INPUT DROP'* ]] && differs "$1 accepts packets that no rule of INPUT matches"; then "$1" -P INPUT DROP; fi
  if [[ ! -f $root/etc/ufw/$2 ]]; then return; fi
  loaded=$("$1" -S "$3-user-input" 2>"$work/ignored" | grep -c '^-A' || true)
  written=$(grep -c "^-A $3-user-input " "$root/etc/ufw/$2" || true)
  if [[ $loaded != "$written" ]] && differs "$1 has loaded $loaded rules, but /etc/ufw/$2 has $written"; then ufw reload >"$work/ignored"; fi
}

# guard_firewall: with IPV6 off, ufw refuses rules for IPv6 and does not filter IPv6. A value other than yes means off, and
# so does a missing line (ufw, backend.py). Quotes are ignored.
guard_firewall() {
  local file=$root/etc/default/ufw stated
  if [[ ! -e $file ]]; then return; fi
  stated=$(grep '^IPV6=' "$file" | tail -n 1 | tr -d "\"'" || true)
  if grep -qix 'IPV6=yes' <<<"$stated"; then return; fi
  if [[ -z $stated ]]; then stated='no IPV6=yes'; fi
  refuse "/etc/default/ufw has $stated: IPv6 is not filtered, and ufw refuses rules for IPv6. Run: sudo sed -i -e '/^IPV6=/d' -e '\$aIPV6=yes' /etc/default/ufw && sudo ufw reload"
}

# nftables TABLE UNIT: loads a table again, because other programs can flush it without notice to systemd
nftables() {
  if ! command -v nft >"$work/ignored"; then
    differs 'nft is not installed' || true
  elif ! nft list table inet "$1" >"$work/ignored" 2>&1 && differs "the nftables table $1 is not loaded"; then
    systemctl restart "$2"
  fi
}

# succeeded UNIT WHAT: checks the last run of the unit
succeeded() {
  if systemctl is-failed --quiet "$1"; then leaves "$1 failed: $2"; fi
}
`;
