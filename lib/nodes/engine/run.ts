/**
 * The engine's frame: arguments, what it says, what it refuses. It is bash, verbatim: a dollar sign is followed by no
 * brace anywhere in it, so that neither TypeScript nor Terraform reads it as its own.
 */
export const runEngine = String.raw`
usage() {
  cat <<END
Usage: $0 [--check] [--restart-k3s] [--change-flannel-backend] [--root DIR]
       $0 [--check] --restore-etcd SNAPSHOT [--lost-server NAME]...
       $0 [--check] --rejoin-etcd

Makes this node what the table above says. Run again, it changes nothing.

  --check                    change nothing and print the differences
  --restart-k3s              let k3s have its changes too: once every etcd member is healthy it restarts on this
                             node, one node at a time. Without this, what k3s reads stays as it is
  --change-flannel-backend   accept that pods of different nodes can't reach each other until k3s has been
                             restarted on every node. Only together with --restart-k3s
  --restore-etcd SNAPSHOT    make etcd what it was in a snapshot: an absolute path of this node, or the name of one in
                             the bucket. Every other server's k3s must be stopped
  --lost-server NAME         accept that this server gives no answer: it is off or gone, and never starts again with
                             the data that it has
  --rejoin-etcd              give up this member's data and join the cluster without it
  --root DIR                 rehearse below DIR

Exit codes: 0 the node is as described; 1 differences are left; 2 refused or failed.
END
}

check='' restart_wanted='' flannel_change_wanted='' root='' restore_snapshot='' rejoin_wanted='' lost_servers=''
differences=0 left=0 refusals=0

arguments() {
  while (($# > 0)); do
    case $1 in
      --check) check=yes ;;
      --restart-k3s) restart_wanted=yes ;;
      --change-flannel-backend) flannel_change_wanted=yes ;;
      --rejoin-etcd) rejoin_wanted=yes ;;
      --root | --restore-etcd | --lost-server)
        if (($# < 2)) || [[ -z $2 ]]; then usage >&2; exit 2; fi
        case $1 in
          --root) root=$2 ;;
          --restore-etcd) restore_snapshot=$2 ;;
          --lost-server) lost_servers="$lost_servers $2" ;;
        esac
        shift
        ;;
      --help) usage; exit 0 ;;
      *) printf '%s is no option of this.\n\n' "$1" >&2; usage >&2; exit 2 ;;
    esac
    shift
  done
  if [[ -n $flannel_change_wanted && -z $restart_wanted ]]; then
    printf '%s\n' '--change-flannel-backend means nothing without --restart-k3s.' >&2
    exit 2
  fi
  if [[ -n $restore_snapshot && -n $rejoin_wanted || -n $lost_servers && -z $restore_snapshot ]]; then
    printf '%s\n' '--lost-server means nothing without --restore-etcd, and --rejoin-etcd nothing together with it.' >&2
    exit 2
  fi
}

# Tells a difference. Succeeds if it is to be mended.
differs() {
  differences=$((differences + 1))
  if [[ -n $check ]]; then
    printf 'differs: %s\n' "$1"
    return 1
  fi
  printf 'mending: %s\n' "$1"
}

# Tells what this run doesn't mend, and what would.
leaves() {
  left=$((left + 1))
  printf 'left: %s\n' "$1"
}

# Tells what must not be. Nothing has been changed when the run ends with it.
refuse() {
  refusals=$((refusals + 1))
  printf 'refused: %s\n' "$1" >&2
}

stop_if_refused() {
  if ((refusals > 0)) && [[ -z $check ]]; then
    printf '\nNothing was changed.\n' >&2
    exit 2
  fi
}

fail() {
  printf 'failed: %s\n' "$1" >&2
  exit 2
}

# Waits for a command to succeed: wait_for SECONDS WHAT COMMAND...
wait_for() {
  local seconds=$1 what=$2
  shift 2
  while ! "$@"; do
    if ((seconds <= 0)); then return 1; fi
    if ((seconds % 60 == 0)); then printf 'waiting: %s\n' "$what"; fi
    sleep 5
    seconds=$((seconds - 5))
  done
}

stumble() {
  printf 'failed: %s\nNo file is half-written. Mend that, then run this again: it goes on where it was.\n' "$1" >&2
  exit 2
}

beside=''
clean_up() {
  rm -rf "$work"
  if [[ -n $beside ]]; then rm -f "$beside"; fi
}

main() {
  arguments "$@"
  if [[ -z $root && $(id -u) != 0 ]]; then fail 'this needs root: run it with sudo.'; fi
  mkdir -p "$root/run"
  work=$(mktemp -d "$root/run/honeydue-node.XXXXXX")
  trap clean_up EXIT
  trap 'stumble "$BASH_COMMAND"' ERR
  trap 'exit 130' INT TERM HUP
  exec 9>"$root/run/honeydue-node.lock"
  if ! flock -n 9; then fail 'another run is under way on this node. Wait for it to end.'; fi
  state=$root/var/lib/honeydue
  secrets=$root/etc/honeydue/secrets
  : >"$work/rules"
  : >"$work/k3s-files"
  describe_guards
  stop_if_refused
  describe
  summary
}

summary() {
  if [[ -e $root/run/reboot-required ]]; then
    printf 'note: an upgrade waits for a reboot. Drain the node first, one node at a time.\n'
  fi
  if ((refusals > 0)); then
    printf '\n%s differences, and %s refused. Nothing was changed.\n' "$((differences + left))" "$refusals"
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
