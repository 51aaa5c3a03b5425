# Speaks MiMoLo's protocol (JSON lines on stdin and stdout) for a program in POSIX sh. The program says $here (its folder), $version,
# perhaps $every_s, $interfaces and $monitor, has functions `look`, `summarize` and `call`, and then calls `run`. Needs awk, date,
# mkfifo, mktemp, mv, rm, sleep, and jlp.awk and spool.sh beside it. What begins with `jlp_` is its own. Nothing that comes in a line
# is ever evaluated.

# The only place it may write in; without a collector, one that goes with it.
own=${MIMOLO_AGENT_DATA_DIR:-$(mktemp -d)}

. "$here/spool.sh"

# For the program

look() { :; }
# What `look` says, in a sentence, where it could not see.
unseen() { jlp_unseen=$1; }
summarize() { data= activity=passive; }
call() { refuse not-offered "$1 is not offered"; }

# Sets $quoted to texts as JSON, with commas between them.
quote() { quoted=$(jlp_quote "$@") || quoted=$(jlp_quote "$@"); }
jlp_quote() { LC_ALL=C awk -f "$here/jlp.awk" -- quote "$@"; }

# Sets the variable $2 to the param of that name; false if there is no such param of the type $1: `string`; `number`; `words`, a list
# of plain words, or an object of numbers as NAME=NUMBER; `json`, anything, as it was written.
take() {
  taken=$(LC_ALL=C awk -v type="$1" -v name="$2" -f "$here/jlp.awk" <<PARAMS && echo .
$jlp_params
PARAMS
  ) || return
  # Without the full stop the line breaks at the end of a text would be gone.
  taken=${taken%.}
  # The program's own word, and none that came.
  eval "$2=\$taken"
}

# The same of its settings.
setting() { jlp_params=${MIMOLO_CONFIG:-'{}'}; take "$@"; }

# The answer to a call: result=JSON; or `refuse CODE SENTENCE`.
refuse() { code=$1 message=$2; return 1; }

# A line break, to look for one in a text.
line_break='
'

# Says that something happened: its name, and members of a JSON object. A monitor's events are evidence.
event() {
  set -- "\"data\":{\"event\":\"$1\",\"payload\":{$2}}"
  if [ -n "$monitor" ]; then keep event "$1"; else stamp; say event "$jlp_stamp,$1"; fi
}

# What is said

# Messages go where stdout was when it began, and nothing else does: what is printed while it runs is shown beside them.
exec 5>&1

say() { printf '{"type":"%s",%s}\n' "$1" "$2" >&5; }

# A signal to the whole group may end what is in $( ) as well: once.
stamp() { jlp_stamp=$(now) || jlp_stamp=$(now); }
now() { date -u '+"timestamp":"%Y-%m-%dT%H:%M:%SZ"'; }

status() { say status "\"health\":\"$jlp_health\",\"details\":{\"sampling\":$jlp_sampling}"; }

ack() { say ack "\"ack_command\":\"$1\"${jlp_id:+,\"id\":$jlp_id}"; }

# What is told

# What was seen since the last time goes out, even before the collector's first word on what it has.
send_summary() {
  jlp_may_send=true
  has_room || return 0
  [ "$jlp_sampling" = true ] && look_now
  summarize
  # What could not be seen is not idle.
  [ -z "$jlp_unseen" ] || [ "$activity" = worked ] || activity=passive
  case $activity in
    worked) signal='"mode":"active","keep_alive":true' ;;
    idle) signal='"mode":"active","keep_alive":false' ;;
    *) signal='"mode":"passive","keep_alive":null' ;;
  esac
  jlp_pending=$jlp_sampling
  keep summary "\"data\":{$data${data:+,}\"activity_signal\":{$signal}}"
}

# After a stop and a flush there is nothing left to tell.
end() { [ "$jlp_pending" = false ] || send_summary; }

# Looks now, when it is to look at all.
sample() { [ "$jlp_sampling" = true ] && { [ -z "$monitor" ] || has_room; } && look_now; }

# What fails now may work next time.
look_now() {
  jlp_unseen=
  look
  [ -z "$jlp_unseen" ] || { quote "$jlp_unseen"; say error "\"message\":$quoted,\"code\":\"sample-failed\""; }
}

answer() {
  result=null code=failed message=
  if call "$1"; then
    say result "\"id\":${jlp_id:-null},\"ok\":true,\"data\":$result"
  else
    quote "$code" "$message"
    say result "\"id\":${jlp_id:-null},\"ok\":false,\"error\":{\"code\":${quoted%%,*},\"message\":${quoted#*,}}"
  fi
}

obey() {
  case $1 in
    flush) send_summary; ack flush ;;
    status) status ;;
    # What was done until now still counts; the flush that follows tells it.
    stop) sample; jlp_sampling=false; ack stop ;;
    start) jlp_sampling=true jlp_pending=true; ack start ;;
    shutdown) end; ack shutdown; jlp_running=done ;;
  esac
}

# Carries out what the line $1 says; nothing if it is no command.
follow() {
  { IFS= read -r cmd; IFS= read -r jlp_id; IFS= read -r words; IFS= read -r jlp_params; } <<COMMAND
$(LC_ALL=C awk -f "$here/jlp.awk" <<LINE
$1
LINE
)
COMMAND
  # shellcheck disable=SC2086 # words without signs that mean anything
  case $cmd in
    ack) [ -z "$words" ] || jlp_heartbeat_s=$words jlp_ticks=0 ;;
    reject) leave ;;
    committed) settle $words ;;
    invoke) [ -z "$interfaces" ] || answer "$words" ;;
    sequence) for step in $words; do [ "$jlp_running" = true ] && obey "$step"; done ;;
    *) obey "$cmd" ;;
  esac
}

# `read` cannot wait for a line and a clock together. So two processes write into one pipe: `listen` what comes on stdin, `tick` each
# second a sign that no command holds. Between two pieces of a long line it does no harm, nor does it wake anybody too late: a signal
# that comes just before `read` begins to wait is seen with the next tick.

listen() {
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in *"$jlp_tick"*) ;; *) printf '%s\n' "$line" ;; esac
  done
  printf '{"cmd":"shutdown"}\n'
}

# Ends with the main process, however that ends, and lets the other not outlive it either. Should a signal come where it is not heard,
# it ends within a second all the same. Should the listener be gone, it says in its place that it is over.
tick() {
  trap '' PIPE
  trap 'kill -9 "$!"; wait "$!"; exit' TERM
  while sleep 1 & wait "$!" && [ -p "$jlp_pipe/in" ] && kill -0 $$ && printf '%s\n' "$jlp_tick"; do
    kill -0 "$jlp_listener" || printf '\n{"cmd":"shutdown"}\n'
  done
  kill -0 $$ || kill -9 "$jlp_listener"
}

on_tick() {
  jlp_ticks=$((jlp_ticks + 1))
  [ $((jlp_ticks % jlp_heartbeat_s)) -ne 0 ] || { stamp; say heartbeat "$jlp_stamp,\"metrics\":{\"queue\":$((jlp_last - jlp_sent))}"; }
  [ $((jlp_ticks % every_s)) -ne 0 ] || sample
}

# The listener has nothing to lose; -9 is heard by a process that has only just begun, too.
leave() {
  trap '' HUP INT PIPE TERM
  exec 4<&-
  rm -rf "$jlp_pipe"
  { kill -9 "$jlp_listener"; kill "$jlp_ticker"; wait "$jlp_listener" "$jlp_ticker"; } 2>/dev/null
  [ -n "$MIMOLO_AGENT_DATA_DIR" ] || rm -rf "$own"
  exit 0
}

# Runs until the collector has had enough.
run() {
  jlp_heartbeat_s=5 jlp_ticks=0 jlp_sampling=true jlp_running=true jlp_health=ok jlp_tick=$(printf '\001')
  jlp_id='' jlp_half='' jlp_answered='' jlp_beside='' jlp_unseen='' jlp_may_send=false jlp_pending=true
  every_s=${every_s:-5}
  rm -rf "$own"/.pipe.*
  open_spool && jlp_pipe=$(mktemp -d "$own/.pipe.XXXXXX") && mkfifo "$jlp_pipe/in" || exit 1
  # Open for both, it waits for nobody to open the other end; the others open it for writing, while they still hold this one.
  exec 3<&0 4<>"$jlp_pipe/in" </dev/null >&2
  listen <&3 >"$jlp_pipe/in" 2>/dev/null 3<&- 4<&- 5>&- &
  jlp_listener=$!
  tick >"$jlp_pipe/in" 2>/dev/null 3<&- 4<&- 5>&- &
  jlp_ticker=$!
  exec 3<&-
  # A signal only says that it is over; what is under way is finished first.
  trap '[ "$jlp_running" = done ] || jlp_running=false' HUP INT PIPE TERM

  features='"summary","heartbeat","status","error","durable_ack"'
  say handshake "\"protocol_version\":\"0.4\",\"agent_version\":\"$version\",\"capabilities\":[$features${interfaces:+,\"invoke\"}],\"stream\":\"$jlp_stream\""
  told=${interfaces:+"\"interfaces\":[$interfaces]"}
  told=$told${told:+${monitor:+,}}${monitor:+"\"monitor\":$monitor"}
  [ -z "$told" ] || say metadata "\"data\":{$told}"
  status
  sample

  while [ "$jlp_running" = true ] && IFS= read -r line <&4; do
    case $line in
      *"$jlp_tick") jlp_half=$jlp_half${line%"$jlp_tick"}; on_tick ;;
      *) line=$jlp_half$line jlp_half=; follow "$line" ;;
    esac
  done
  [ "$jlp_running" = done ] || end
  leave
}
