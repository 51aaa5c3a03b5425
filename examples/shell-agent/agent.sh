#!/bin/sh
# A MiMoLo agent in POSIX sh: reports how many files under a folder changed since it was last asked.
# It knows nothing but the protocol page: JSON lines in, JSON lines out. Needs awk, date, find, mktemp, mv, rm, sleep, touch,
# wc. command.awk beside it reads commands.
# The folder is the first argument, default the working directory.

case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
here=$(cd "$here" && pwd -P) || exit 1
watched=$(cd "${1:-.}" && pwd -P) || exit 1
# The folder above the agents' own is the collector's: what it writes there is not the user's work.
private=$(cd "${MIMOLO_DATA_DIR:-/dev}/.." && pwd -P)
heartbeat_s=5
sampling=true
running=true

now() { date -u +%Y-%m-%dT%H:%M:%SZ; }

say() { printf '{"type":"%s","timestamp":"%s",%s}\n' "$1" "$(now)" "$2"; }

# A process beside this one beats, because `read` cannot wait for a line and a clock together. Its `sleep` is its own child:
# told to end, it ends that too, and it ends by itself when this process is gone.
beat() {
  trap 'kill -9 $! 2>/dev/null; exit 0' TERM
  while kill -0 $$ 2>/dev/null; do
    say heartbeat '"metrics":{"queue":0}'
    sleep "$heartbeat_s" </dev/null >/dev/null 2>&1 &
    wait $!
  done
}

# A trap of this process may run between any two lines: it must know of the beating process from the moment it is there.
start_beating() {
  stop_beating
  beater=newest
  beat </dev/null &
  beater=$!
}

# A signal that comes before its trap is set may be lost: it is told again until it is gone.
stop_beating() {
  [ "$beater" != newest ] || beater=$!
  while [ -n "$beater" ] && kill "$beater" 2>/dev/null; do
    sleep 0.05 2>/dev/null || sleep 1
  done
  beater=
}

# What changed since the last look. The new mark is made first, so that nothing falls between two looks.
look() {
  touch "$marks/next"
  found=$(find "$watched/." \( -name '.?*' -o -name node_modules -o -path "$watched/./${private#"$watched"/}" \) -prune \
    -o -type f -newer "$marks/last" -print 2>/dev/null | wc -l)
  changed=$((changed + found))
  mv "$marks/next" "$marks/last"
}

summarize() {
  [ "$sampling" = true ] && look
  keep_alive=false
  [ "$changed" -gt 0 ] && keep_alive=true
  say summary "$(printf '"data":{"changed":%d,"activity_signal":{"mode":"active","keep_alive":%s}}' \
    "$changed" "$keep_alive")"
  changed=0
}

status() { say status "$(printf '"health":"ok","details":{"sampling":%s}' "$sampling")"; }

ack() { say ack "\"ack_command\":\"$1\"${id:+,\"id\":$id}"; }

obey() {
  case $1 in
    flush) summarize; ack flush ;;
    status) status ;;
    stop)
      # What was done until now still counts; the flush that follows tells it.
      [ "$sampling" = true ] && look
      sampling=false
      ack stop
      ;;
    start)
      touch "$marks/last"
      sampling=true
      ack start
      ;;
    shutdown)
      [ "$sampling" = true ] && look
      sampling=false
      [ "$changed" -gt 0 ] && summarize
      ack shutdown
      running=false
      ;;
  esac
}

# Sets cmd, id, seconds and steps to what the line $1 says; to nothing if it is no command.
understand() {
  { IFS= read -r cmd; IFS= read -r id; IFS= read -r seconds; IFS= read -r steps; } <<COMMAND
$(printf '%s\n' "$1" | LC_ALL=C awk -f "$here/command.awk" 2>/dev/null)
COMMAND
}

# Whole seconds are all that every `sleep` takes.
pace() {
  case $1 in
    '' | "$heartbeat_s") return ;;
    *.*) sleep 0.01 2>/dev/null && heartbeat_s=$1 || heartbeat_s=$((${1%%.*} + 1)) ;;
    *) heartbeat_s=$1 ;;
  esac
  start_beating
}

leave() {
  trap '' HUP INT PIPE TERM
  stop_beating
  rm -rf "$marks"
  exit "${1:-0}"
}

# Its own folder is the only place it may write in; marks of a run that was killed are swept.
own=${MIMOLO_AGENT_DATA_DIR:-${TMPDIR:-/tmp}}
[ -z "$MIMOLO_AGENT_DATA_DIR" ] || rm -rf "$own"/marks.*
marks=$(mktemp -d "$own/marks.XXXXXX") || exit 1
touch "$marks/last"
changed=0
id=
trap 'trap "" INT TERM; id=; obey shutdown; leave' INT TERM
trap 'leave 0' HUP PIPE

say handshake '"protocol_version":"0.4","agent_version":"1.0.0","capabilities":["summary","heartbeat","status"]'
status
start_beating

while [ "$running" = true ] && { IFS= read -r line || [ -n "$line" ]; }; do
  understand "$line"
  case $cmd in
    ack) pace "$seconds" ;;
    reject) leave ;;
    sequence)
      for step in $steps; do
        [ "$running" = true ] && obey "$step"
      done
      ;;
    *) obey "$cmd" ;;
  esac
done
id=
[ "$running" = true ] && obey shutdown
leave
