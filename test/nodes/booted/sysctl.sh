#!/bin/sh
# In place of sysctl on a booted test machine, where most of /proc/sys can only be read.
set -eu
state=/var/lib/stand-ins/sysctl
mkdir -p "$state"
if [ "$1" = -n ]; then
  cat "$state/$2" 2>/dev/null || /usr/sbin/sysctl -n "$2"
else
  echo "${3#*=}" >"$state/${3%%=*}"
fi
