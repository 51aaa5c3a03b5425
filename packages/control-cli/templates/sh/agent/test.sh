#!/bin/sh
# What main.sh sees in a folder of its own. Ends with 0 when all is as it should be.

cd "$(dirname "$0")" || exit 1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

TESTED=yes
MIMOLO_AGENT_DATA_DIR=$scratch
. ./main.sh

expect() {
  [ "$data $activity" = "$1" ] && return
  echo "not so: $data $activity, wanted: $1" >&2
  exit 1
}

begin
look
summarize
expect '"came":0,"files":0 idle'
: >"$scratch/letter.txt"
look
summarize
expect '"came":1,"files":1 worked'
summarize
expect '"came":0,"files":1 idle'
echo ok
