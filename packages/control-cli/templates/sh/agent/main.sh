#!/bin/sh
# {{does}}. `look` and `summarize` are yours; jlp.sh speaks the protocol.

case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
here=$(cd "$here" && pwd -P) || exit 1
version={{version}}
own=${MIMOLO_AGENT_DATA_DIR:-${TMPDIR:-/tmp}}

# The folder is the first argument; without one, the plugin's own.
folder=${1:-${MIMOLO_AGENT_DATA_DIR:-.}}

# From here on it is observed.
begin() {
  files=$(count_files)
  came=0
}

# One look, before each summary and when it is to stop.
look() {
  found=$(count_files)
  [ "$found" -gt "$files" ] && came=$((came + found - files))
  files=$found
}

# What was seen since the last time, as members of a JSON object; and whether that was work.
summarize() {
  data="\"came\":$came,\"files\":$files"
  activity=idle
  [ "$came" -gt 0 ] && activity=worked
  came=0
}

count_files() {
  set -- "$folder"/*
  [ -e "$1" ] || set --
  echo $#
}

. "$here/jlp.sh"
[ -n "$TESTED" ] || run
