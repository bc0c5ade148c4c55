/**
 * The main part of the node script: arguments, messages, exit codes. The script is bash. It has no dollar sign before
 * a brace, because TypeScript and Terraform would read that as an expression.
 */
export const runEngine = String.raw`
usage() {
  cat <<END
Usage: $0 [--check] [--restart-k3s] [--change-flannel-backend] [--first-boot] [--root DIR]
       $0 [--check] --restore-etcd SNAPSHOT [--lost-server NAME]...
       $0 [--check] --rejoin-etcd

Changes this node to match the description above. A second run changes nothing.

  --check                    change nothing and print the differences
  --restart-k3s              also change k3s' files: once every etcd member is healthy, k3s restarts on this
                             node, one node at a time. Without this option k3s' files stay unchanged
  --change-flannel-backend   accept that pods of different nodes can't reach each other until k3s has been
                             restarted on every node. Only together with --restart-k3s
  --first-boot               used by honeydue-first-boot.service of a new server: prints a failure as one line on the
                             console, and the unit tries again
  --restore-etcd SNAPSHOT    restore etcd from a snapshot: an absolute path on this node, or the name of one in
                             the bucket. Every other server's k3s must be stopped
  --lost-server NAME         accept that this server does not answer: it is off or gone, and never starts again with
                             its current data
  --rejoin-etcd              give up this member's data and join the cluster without it
  --root DIR                 use DIR as the root of the file system, for a rehearsal

Exit codes: 0 the node is as described; 1 differences are left; 2 refused or failed.
END
}

check='' restart_wanted='' flannel_change_wanted='' first_boot='' root='' restore_snapshot='' rejoin_wanted='' lost_servers=''
differences=0 left=0 refusals=0 mending=''

arguments() {
  while (($# > 0)); do
    case $1 in
      --check) check=yes ;;
      --restart-k3s) restart_wanted=yes ;;
      --change-flannel-backend) flannel_change_wanted=yes ;;
      --first-boot) first_boot=yes ;;
      --rejoin-etcd) rejoin_wanted=yes ;;
      --root | --restore-etcd | --lost-server)
        if (($# < 2)) || [[ -z $2 ]]; then printf '%s needs a value.\n\n' "$1" >&2; usage >&2; exit 2; fi
        case $1 in
          --root) root=$2 ;;
          --restore-etcd) restore_snapshot=$2 ;;
          --lost-server) lost_servers="$lost_servers $2" ;;
        esac
        shift
        ;;
      --help) usage; exit 0 ;;
      *) printf 'unknown option: %s\n\n' "$1" >&2; usage >&2; exit 2 ;;
    esac
    shift
  done
  if [[ -n $flannel_change_wanted && -z $restart_wanted ]]; then
    printf '%s\n' '--change-flannel-backend has no effect without --restart-k3s.' >&2
    exit 2
  fi
  if [[ -n $restore_snapshot && -n $rejoin_wanted ]]; then
    printf '%s\n' '--restore-etcd and --rejoin-etcd exclude each other: restore on one server, then let the others rejoin.' >&2
    exit 2
  fi
  if [[ -n $lost_servers && -z $restore_snapshot ]]; then
    printf '%s\n' '--lost-server has no effect without --restore-etcd.' >&2
    exit 2
  fi
}

# Prints a difference. Succeeds if this run changes it.
differs() {
  differences=$((differences + 1))
  if [[ -n $check ]]; then
    printf 'differs: %s\n' "$1"
    return 1
  fi
  mending=$1
  printf 'mending: %s\n' "$1"
}

# Prints a difference that the script does not change, and how to change it.
leaves() {
  left=$((left + 1))
  printf 'left: %s\n' "$1"
}

# Prints why the run is refused. The run then ends before its first change.
refuse() {
  refusals=$((refusals + 1))
  on_console "not set up: $1"
  printf 'refused: %s\n' "$1" >&2
}

stop_if_refused() {
  if ((refusals > 0)) && [[ -z $check ]]; then
    printf '\nNothing was changed.\n' >&2
    exit 2
  fi
}

fail() {
  on_console "not set up yet: $1"
  printf 'failed: %s\n' "$1" >&2
  exit 2
}

# The owner of a new server sees its console before SSH works.
on_console() {
  if [[ -n $first_boot ]]; then printf '%s: %s\n' "$name" "$1" >>"$root/dev/console"; fi
}

# Waits for a command to succeed: wait_for SECONDS WHAT COMMAND...
wait_for() {
  local seconds=$1 what=$2 reported='' pause=5
  shift 2
  while ! "$@"; do
    if ((seconds <= 0)); then return 1; fi
    if [[ -z $reported ]]; then on_console "waits for $what"; fi
    if ((seconds % 60 == 0)) || [[ -z $reported ]]; then printf 'waiting: %s\n' "$what"; fi
    reported=yes
    sleep "$pause"
    seconds=$((seconds - pause))
  done
}

# Reports a failed command, below the program's own message. The text of the command would show names of variables, so the
# difference that was being changed is printed instead: it shows the values.
stumble() {
  local code=$1 word program='' for_what=''
  for word in $2; do
    if [[ $word == *[\$\"\<\>]* ]]; then break; fi
    program="$program$word "
  done
  if [[ -n $mending ]]; then for_what=", while mending: $mending"; fi
  on_console "not set up yet: $program""failed"
  printf 'failed: %s(exit code %s)%s\nNo file is half-written. Fix the cause, then run this script again: it continues where it stopped.\n' "$program" "$code" "$for_what" >&2
  exit 2
}

temporary=''
clean_up() {
  rm -rf "$work"
  if [[ -n $temporary ]]; then rm -f "$temporary"; fi
}

main() {
  arguments "$@"
  if [[ -z $root && $(id -u) != 0 ]]; then fail 'this script needs root: run it with sudo.'; fi
  mkdir -p "$root/run"
  work=$(mktemp -d "$root/run/honeydue-node.XXXXXX")
  trap clean_up EXIT
  trap 'stumble "$?" "$BASH_COMMAND"' ERR
  trap 'exit 130' INT TERM HUP
  state=$root/var/lib/honeydue
  secrets=$root/etc/honeydue/secrets
  : >"$work/rules"
  : >"$work/k3s-files"
  describe_guards
  stop_if_refused
  lock_node
  if [[ -z $first_boot ]]; then end_first_boot; fi
  describe
  if [[ -n $first_boot ]] && ((left == 0)); then end_first_boot; fi
  summary
}

# A run by hand stops a first boot that still tries, because the first boot has an older script. The unit of the first boot
# is a oneshot: while it runs, its state is activating, not active.
lock_node() {
  exec 9>"$root/run/honeydue-node.lock"
  if flock -n 9; then return; fi
  if [[ -z $check && -z $first_boot && $(systemctl is-active honeydue-first-boot.service) == activating ]]; then
    systemctl stop honeydue-first-boot.service
    if flock -w 60 9; then return; fi
  fi
  fail "another run of this script is in progress on this node. $(lock_holders)Wait until it ends. To follow the first run on a new server: journalctl -fu honeydue-first-boot"
}

# A child inherits the lock and can outlive its run. Debian has no fuser and lsof by default, so this reads /proc.
lock_holders() {
  local open pid command found='' pids=''
  for open in /proc/[0-9]*/fd/*; do
    if [[ ! $open -ef "$root/run/honeydue-node.lock" ]]; then continue; fi
    pid=$(cut -d / -f 3 <<<"$open")
    if [[ $pid == "$$" || $pid == "$BASHPID" || "$pids " == *" $pid "* ]]; then continue; fi
    command=$(cat "/proc/$pid/comm" 2>"$work/ignored" || true)
    if [[ -z $command ]]; then continue; fi
    pids="$pids $pid"
    found="$found, $pid ($command)"
  done
  if [[ -n $pids ]]; then printf 'These processes hold its lock: %s. If their run has ended, end them with kill%s. ' "$(cut -c 3- <<<"$found")" "$pids"; fi
}

# Each upgrade that needs a reboot touches the file. Its birth time is that of the first one.
born() {
  local seconds
  seconds=$(stat -c %W "$1")
  if ((seconds <= 0)); then seconds=$(stat -c %Y "$1"); fi
  printf '%s\n' "$seconds"
}

summary() {
  if [[ -e $root/run/reboot-required ]]; then
    printf 'note: a reboot is pending since %s, for: %s. Reboot one node at a time: kubectl drain %s --ignore-daemonsets --delete-emptydir-data; sudo systemctl reboot; kubectl uncordon %s\n' \
      "$(date -u -d "@$(born "$root/run/reboot-required")" '+%Y-%m-%d %H:%M UTC')" "$(xargs <"$root/run/reboot-required.pkgs" 2>"$work/ignored" || true)" "$hostname" "$hostname"
  fi
  if ((refusals > 0)); then
    printf '\n%s differences and %s refusals. Nothing was changed.\n' "$((differences + left))" "$refusals"
    exit 2
  elif ((differences + left == 0)); then
    printf '%s is as described. Nothing was changed.\n' "$name"
  elif [[ -n $check ]]; then
    printf '\n%s differences. Nothing was changed.\n' "$((differences + left))"
    exit 1
  elif ((left > 0)); then
    printf '\n%s mended, %s left.\n' "$differences" "$left"
    exit 1
  else
    printf '\n%s mended. %s is as described.\n' "$differences" "$name"
  fi
}
`;
