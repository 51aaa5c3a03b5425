#!/bin/sh
# A well-behaved neighbour in POSIX sh: one numbered summary for each flush. $1 is the file it notes in what it wrote when.
run="shell-$$-$(date +%s)"
n=0

stamp() { date -u +%Y-%m-%dT%H:%M:%SZ; }
note() { printf '{%s,"at":%s000}\n' "$1" "$(date +%s)" >>"$notes"; }
notes=$1

# `read` cannot wait for a line and a clock together, so a process beside this one beats.
beat() {
  while kill -0 $$ 2>/dev/null; do
    printf '{"type":"heartbeat","timestamp":"%s"}\n' "$(stamp)"
    note '"beat":true'
    sleep 1 >/dev/null
  done
}

obey() {
  case $1 in
    flush)
      n=$((n + 1))
      printf '{"type":"summary","timestamp":"%s","data":{"neighbour_run":"%s","n":%d}}\n' "$(stamp)" "$run" "$n"
      note "\"run\":\"$run\",\"n\":$n"
      ;;
    status) printf '{"type":"status","timestamp":"%s","health":"ok"}\n' "$(stamp)" ;;
  esac
  case $1 in flush | stop | start | shutdown)
    printf '{"type":"ack","timestamp":"%s","ack_command":"%s"}\n' "$(stamp)" "$1" ;;
  esac
  case $1 in shutdown | reject) kill "$beater"; exit 0 ;; esac
}

printf '{"type":"handshake","timestamp":"%s","protocol_version":"0.4","agent_version":"1.0.0","capabilities":["summary","heartbeat","status"]}\n' "$(stamp)"
beat </dev/null &
beater=$!
while IFS= read -r line; do
  case $line in
    *'"cmd":"sequence"'*) for step in stop flush shutdown; do obey $step; done ;;
    *'"cmd":"flush"'*) obey flush ;;
    *'"cmd":"status"'*) obey status ;;
    *'"cmd":"stop"'*) obey stop ;;
    *'"cmd":"start"'*) obey start ;;
    *'"cmd":"shutdown"'*) obey shutdown ;;
    *'"cmd":"reject"'*) obey reject ;;
  esac
done
kill "$beater"
