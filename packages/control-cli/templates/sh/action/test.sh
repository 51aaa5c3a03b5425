#!/bin/sh
# What main.sh does and refuses. Ends with 0 when all is as it should be.

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
# Calls $1 with the params $2 and expects the answer $3.
called() {
  jlp_params=$2 result='' code=''
  call "$1"
  expect "$?$result$code" "$3"
}

called action.execute '{"text":"one $(exit) \u00e9"}' '0{"lines":1}'
called action.execute '{"text":"two"}' '0{"lines":2}'
expect "$(cat "$notes")" 'one $(exit) é
two'
for params in '{}' '{"text":7}' '{"text":""}' '{"text":"one\ntwo"}' '{"text":"one\n"}'; do
  called action.execute "$params" 1invalid-params
done
called action.undo '{}' 1not-offered
echo ok
