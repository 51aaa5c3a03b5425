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

poll
heard=
event() { heard="$heard$1 {$2} "; }
poll
expect "$heard" ''
: >"$scratch/a \"letter\".txt"
poll
expect "$heard" 'arrived {"files":["a \"letter\".txt"]} '
poll
expect "$heard" 'arrived {"files":["a \"letter\".txt"]} '
summarize
expect "$data $activity" '"events":1 passive'
# What cannot be seen for a while has not come when it is there again.
mv "$scratch" "$scratch.gone"
poll
mv "$scratch.gone" "$scratch"
poll
summarize
expect "$data $activity" '"events":0 passive'
echo ok
