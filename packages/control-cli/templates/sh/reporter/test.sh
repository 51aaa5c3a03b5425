#!/bin/sh
# What main.sh measures and refuses. Ends with 0 when all is as it should be.

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

printf 'Dear Ada' >"$scratch/a letter.txt"
called analytics.collect '{"metrics":["bytes"]}' '0{"bytes":8}'
called analytics.collect '{}' '0{"files":1,"bytes":8}'
called analytics.report '{"format":"text"}' '0"1 files, 8 bytes"'
called analytics.report '{"metrics":{"files":3},"format":"text"}' '0"3 files"'
called analytics.report '{"metrics":["files"],"format":"json"}' '0{"files":1}'
for metrics in '["love"]' '"files"' '["files bytes"]' null; do
  called analytics.collect "{\"metrics\":$metrics}" 1unknown-metric
done
folder=$scratch/gone
called analytics.collect '{}' 1failed
called analytics.predict '{}' 1not-offered
echo ok
