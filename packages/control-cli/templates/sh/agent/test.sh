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
summarize
expect "$data $activity" '"came":0,"files":0 idle'
: >"$scratch/a letter.txt"
look
summarize
expect "$data $activity" '"came":1,"files":1 worked'
summarize
expect "$data $activity" '"came":0,"files":1 idle'
mv "$scratch" "$scratch.gone"
unseen=
unseen() { unseen=$1; }
look
expect "$unseen" "cannot read $scratch"
mv "$scratch.gone" "$scratch"
look
summarize
expect "$data $activity" '"came":0,"files":1 idle'
echo ok
