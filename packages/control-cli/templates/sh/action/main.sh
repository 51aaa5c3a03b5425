#!/bin/sh
# {{does}}. `execute` is yours; jlp.sh speaks the protocol.

case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
here=$(cd "$here" && pwd -P) || exit 1
. "$here/jlp.sh"
version={{version}}
interfaces='"action"'
notes=$own/notes.txt

call() {
  case $1 in
    action.execute) execute ;;
    *) refuse not-offered "$1 is not offered" ;;
  esac
}

execute() {
  take string text || text=
  case $text in '' | *"$line_break"*) refuse invalid-params "text is missing, or no line"; return ;; esac
  printf '%s\n' "$text" >>"$notes" && result="{\"lines\":$(($(wc -l <"$notes")))}"
}

[ -n "$TESTED" ] || run
