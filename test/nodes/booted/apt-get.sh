#!/bin/sh
# In place of apt-get on a booted test machine: what it would install is there already, but for dpkg's own list.
set -eu
state=/var/lib/stand-ins
case " $* " in
  *' update '*) "$state/remote" 'apt-get update' || exit 100 ;;
  *' install '*)
    "$state/remote" 'apt-get install' || exit 100
    cp "$state/dpkg-status" /var/lib/dpkg/status
    ;;
  *) echo "no answer is known for apt-get $*" >&2; exit 100 ;;
esac
