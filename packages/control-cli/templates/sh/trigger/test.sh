#!/bin/sh
# What main.sh sees in a folder of its own. Ends with 0 when all is as it should be.

cd "$(dirname "$0")" || exit 1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

TESTED=yes MIMOLO_AGENT_DATA_DIR=$scratch MIMOLO_CONFIG=''
. ./main.sh

expect() {
  [ "$1" = "$2" ] && return
  echo "not so: $1, wanted: $2" >&2
  exit 1
}

look
fired=
event() { fired="$fired$1 {$2} "; }
call trigger.start
: >"$scratch/letter.txt"
look
expect "$fired" 'arrived {"name":"letter.txt"} '
# What cannot be seen for a while has not come when it is there again.
mv "$scratch" "$scratch.gone"
look
mv "$scratch.gone" "$scratch"
look
expect "$fired" 'arrived {"name":"letter.txt"} '
call trigger.stop
: >"$scratch/late.txt"
look
expect "$fired" 'arrived {"name":"letter.txt"} '
echo ok
