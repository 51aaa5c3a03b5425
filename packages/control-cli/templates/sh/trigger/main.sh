#!/bin/sh
# {{does}}. `look` is yours; jlp.sh speaks the protocol.

case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
here=$(cd "$here" && pwd -P) || exit 1
. "$here/jlp.sh"
version={{version}}
every_s=1
interfaces='"trigger"'
setting string folder || folder=$own
known='' started=''

call() {
  case $1 in
    trigger.start) [ -n "$started" ] || { started=yes known=''; look; } ;;
    trigger.stop) started= ;;
    *) refuse not-offered "$1 is not offered" ;;
  esac
}

# Fires `arrived` for each file that came, while it is started. No file's name holds a slash.
look() {
  [ -n "$started" ] || return 0
  [ -d "$folder" ] && [ -r "$folder" ] || { unseen "cannot read $folder"; return; }
  before=$known known=/
  for file in "$folder"/*; do
    [ -e "$file" ] || [ -L "$file" ] || continue
    known=$known${file##*/}/
    case $before in '' | *"/${file##*/}/"*) continue ;; esac
    quote "${file##*/}"
    event arrived "\"name\":$quoted"
  done
}

[ -n "$TESTED" ] || run
