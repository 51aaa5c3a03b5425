#!/bin/sh
# {{does}}. `poll` is yours; jlp.sh speaks the protocol.

case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
here=$(cd "$here" && pwd -P) || exit 1
. "$here/jlp.sh"
version={{version}}
every_s=5
monitor="{\"label\":\"{{identifier}}\",\"data_header\":\"files\",\"resets_cooldown\":true,\"poll_interval_s\":$every_s}"
setting string folder || folder=$own
known='' events=0

# Says each time that files came: at most 40 at once, so that no line gets too long. No file's name holds a slash.
poll() {
  [ -d "$folder" ] && [ -r "$folder" ] || { unseen "cannot read $folder"; return; }
  before=$known known=/
  set --
  for file in "$folder"/*; do
    [ -e "$file" ] || [ -L "$file" ] || continue
    known=$known${file##*/}/
    case $before in '' | *"/${file##*/}/"*) continue ;; esac
    set -- "$@" "${file##*/}"
    [ $# -lt 40 ] || { arrived "$@"; set --; }
  done
  [ $# -eq 0 ] || arrived "$@"
}

arrived() {
  events=$((events + 1))
  quote "$@"
  event arrived "\"files\":[$quoted]"
}

look() { poll; }

# What a summary says, as members of a JSON object.
summarize() {
  data="\"events\":$events" activity=passive
  events=0
}

[ -n "$TESTED" ] || run
