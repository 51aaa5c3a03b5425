# Speaks MiMoLo's protocol (JSON lines on stdin and stdout) for a program in POSIX sh, which says `version`, has the functions `begin`,
# `look` and `summarize`, and then calls `run`. Needs awk, date, kill, mkfifo, mktemp, rm, sleep, and jlp.awk beside it.

heartbeat_s=5
sampling=true
running=true

now() { date -u +%Y-%m-%dT%H:%M:%SZ; }

say() { printf '{"type":"%s","timestamp":"%s",%s}\n' "$1" "$(now)" "$2"; }

# A process beside this one beats, because `read` cannot wait for a line and a clock together. Its `sleep` is its own child:
# told to end, it ends that too, and it ends by itself when this process is gone.
beat() {
  trap 'kill -9 $! 2>/dev/null; exit 0' TERM
  : >"$marks/ready"
  while kill -0 $$ 2>/dev/null; do
    say heartbeat '"metrics":{"queue":0}'
    sleep "$heartbeat_s" </dev/null >/dev/null 2>&1 &
    wait $!
  done
}

# Opening a fifo waits for its other end: from here on the beating process can be told to end.
start_beating() {
  stop_beating
  beat </dev/null &
  beater=$!
  : <"$marks/ready"
}

stop_beating() {
  [ -n "$beater" ] || return 0
  kill "$beater" 2>/dev/null
  wait "$beater" 2>/dev/null
  beater=
}

# Sends what `summarize` left in $data (members of a JSON object) and $activity (worked, idle or passive).
report() {
  [ "$sampling" = true ] && look
  summarize
  case $activity in
    worked) signal='"mode":"active","keep_alive":true' ;;
    idle) signal='"mode":"active","keep_alive":false' ;;
    *) signal='"mode":"passive","keep_alive":null' ;;
  esac
  say summary "\"data\":{$data,\"activity_signal\":{$signal}}"
}

status() { say status "$(printf '"health":"ok","details":{"sampling":%s}' "$sampling")"; }

ack() { say ack "\"ack_command\":\"$1\"${id:+,\"id\":$id}"; }

obey() {
  case $1 in
    flush) report; ack flush ;;
    status) status ;;
    stop)
      # What was done until now still counts; the flush that follows tells it.
      [ "$sampling" = true ] && look
      sampling=false
      ack stop
      ;;
    start)
      [ "$sampling" = true ] || begin
      sampling=true
      ack start
      ;;
    shutdown)
      report
      sampling=false
      ack shutdown
      running=false
      ;;
  esac
}

# Sets cmd, id, seconds and steps to what the line $1 says; to nothing if it is no command.
understand() {
  { IFS= read -r cmd; IFS= read -r id; IFS= read -r seconds; IFS= read -r steps; } <<COMMAND
$(printf '%s\n' "$1" | LC_ALL=C awk -f "$here/jlp.awk" 2>/dev/null)
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
  stop_beating
  rm -rf "$marks"
  exit "${1:-0}"
}

# Runs until the collector has had enough.
run() {
  # Its own folder is the only place it may write in; marks of a run that was killed are swept.
  own=${MIMOLO_AGENT_DATA_DIR:-${TMPDIR:-/tmp}}
  [ -z "$MIMOLO_AGENT_DATA_DIR" ] || rm -rf "$own"/.marks.*
  marks=$(mktemp -d "$own/.marks.XXXXXX") || exit 1
  mkfifo "$marks/ready" || exit 1
  begin
  id=
  trap 'id=; obey shutdown; leave' TERM INT
  trap 'leave 0' HUP PIPE

  say handshake "\"protocol_version\":\"0.4\",\"agent_version\":\"$version\",\"capabilities\":[\"summary\",\"heartbeat\",\"status\"]"
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
}
