#!/bin/sh
# {{does}}. `look` and `summarize` are yours; jlp.sh speaks the protocol.

case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
here=$(cd "$here" && pwd -P) || exit 1
. "$here/jlp.sh"
version={{version}}
setting string folder || folder=$own
known='' files=0 came=0

# One look, every five seconds and before each summary. No file's name holds a slash.
look() {
  [ -d "$folder" ] && [ -r "$folder" ] || { unseen "cannot read $folder"; return; }
  set -- "$folder"/*
  [ -e "$1" ] || [ -L "$1" ] || set --
  before=$known known=/ files=$#
  for file; do
    case $before in '' | *"/${file##*/}/"*) ;; *) came=$((came + 1)) ;; esac
    known=$known${file##*/}/
  done
}

# What was seen since the last time, as members of a JSON object; and whether that was work.
summarize() {
  data="\"came\":$came,\"files\":$files"
  activity=idle
  [ "$came" -eq 0 ] || activity=worked
  came=0
}

[ -n "$TESTED" ] || run
