/** Shell functions for packages, files, kernel parameters and systemd units. */
export const systemEngine = String.raw`
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

# A mirror can fail, and another apt can hold a lock: the timeout covers dpkg's lock, but not those of the lists and of
# the archives (apt 2.6.1 and 3.0.4).
persistently() {
  wait_for 300 "$*" "$@" || fail "$* fails."
}

# account NAME: a user with a home directory that logs on with a key only
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
  if differs "the directory $3 must have mode $1 and be owned by $2"; then
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
    printf '%s is not a regular file' "$4"
  elif equal "$1" "$path"; then
    printf '%s has mode and owner %s, but must have %s' "$4" "$(stat -c '0%a %U:%G' "$path")" "$2 $3"
  else
    printf '%s has different content' "$4"
  fi
}

show() {
  if [[ -n $check && -f $2 ]]; then diff -u "$2" "$1" | tail -n +3 | sed 's/^/    /' || true; fi
}

# put NEW MODE OWNER PATH: replaces a file atomically
put() {
  local directory base
  directory=$(dirname "$4")
  base=$(basename "$4")
  mkdir -p "$directory"
  rm -f "$directory/.$base.honeydue."??????
  temporary=$(mktemp "$directory/.$base.honeydue.XXXXXX")
  cat "$1" >"$temporary"
  chmod "$2" "$temporary"
  chown "$3" "$temporary"
  sync "$temporary"
  mv -fT "$temporary" "$4"
  temporary=''
}

validate() {
  case $1 in
    sudoers) visudo -cqf "$2" || fail "visudo refuses the new $3. The old file remains." ;;
    sshd)
      # Included first, like the directory: sshd uses the first value of each option.
      # The directory is missing before the first connection to a socket-activated sshd, and sshd -t needs it.
      mkdir -p "$root/run/sshd"
      printf 'Include %s\nInclude %s\n' "$2" "$root/etc/ssh/sshd_config" >"$work/sshd_config"
      sshd -t -f "$work/sshd_config" || fail "sshd refuses the new $3. The old file remains."
      ;;
  esac
}

# The restart that a change needs is recorded before the change, so that the next run completes an interrupted one.
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
      differs "an earlier run was interrupted before this step: $verb $unit" || continue
    fi
    printf 'doing: %s %s\n' "$verb" "$unit"
    case $verb in
      reload-units) systemctl daemon-reload ;;
      reload-ssh) reload_ssh ;;
      restart)
        # The changed file may be the unit itself.
        systemctl daemon-reload
        systemctl restart "$unit"
        ;;
    esac
    rm -f "$pending"
  done
}

# kernel KEY VALUE: sets a parameter of the running kernel; /etc/sysctl.d sets it at the next boot
kernel() {
  local value
  value=$(sysctl -n "$1")
  if [[ $value != "$2" ]] && differs "$1 is $value, but must be $2"; then sysctl -q -w "$1=$2"; fi
}

# clock: certificates, tokens and etcd's leases need a synchronised clock
clock() {
  if [[ $(timedatectl show -p NTPSynchronized --value) != yes ]]; then
    leaves 'the clock is not synchronised. To see which time server the node uses: timedatectl timesync-status'
  fi
}

# guard_units NAME...: refuses masked units, which can't start
guard_units() {
  local name
  for name in "$@"; do
    if [[ $(systemctl is-enabled "$name" 2>"$work/ignored" || true) == masked* ]]; then
      refuse "$name is masked, but must run. Run: sudo systemctl unmask $name"
    fi
  done
}

# unit NAME: starts at boot, and runs now
unit() {
  if ! systemctl is-enabled --quiet "$1" && differs "$1 does not start at boot"; then systemctl enable --quiet "$1"; fi
  if ! systemctl is-active --quiet "$1" && differs "$1 does not run"; then systemctl restart "$1"; fi
}
`;
