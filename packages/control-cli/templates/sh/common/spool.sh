# Durable evidence: a file for each record, named by its number, in a folder named by the stream. What is sent is on disk before, and
# stays there until the collector has it; the file of the last number is emptied, as the memory of it. What `kill -9` leaves is sent
# again with its number; nothing is synced, so a power cut may take what was not committed.

open_spool() {
  for jlp_spool in "$own"/.spool.*; do :; done
  [ -d "$jlp_spool" ] || new_spool
  jlp_stream=${jlp_spool##*/.spool.}
  jlp_lowest=0 jlp_last=0 jlp_window=0
  for record in "$jlp_spool"/[0-9]*; do
    number=${record##*/}
    [ -f "$record" ] || continue
    [ "$number" -le "$jlp_last" ] || jlp_last=$number
    [ "$jlp_lowest" -gt 0 ] && [ "$jlp_lowest" -lt "$number" ] || jlp_lowest=$number
  done
  [ "$jlp_lowest" -gt 0 ] || jlp_lowest=1
  jlp_sent=$((jlp_lowest - 1)) jlp_first_new=$((jlp_last + 1))
}

# Later ones sort later.
new_spool() { jlp_spool=$(mktemp -d "$own/.spool.$(date -u +%Y%m%d%H%M%S).XXXXXX"); }

# While there is none, look no further: nothing is lost, the next time covers more.
has_room() {
  if [ $((jlp_last - jlp_lowest)) -lt 10000 ] && printf '%8192s' '' >"$jlp_spool/new"; then
    jlp_health=ok
  else
    [ "$jlp_health" = ok ] && say error '"message":"the spool takes nothing","code":"spool-failed"'
    jlp_health=degraded
    return 1
  fi
} 2>/dev/null

# Gives a record its number, and sends it when it may go. Its file has its name only once it is whole.
keep() {
  stamp
  printf '{"type":"%s",%s,%s\n' "$1" "$jlp_stamp" "$2" >"$jlp_spool/new" || return
  mv -f "$jlp_spool/new" "$jlp_spool/$((jlp_last + 1))" || mv -f "$jlp_spool/new" "$jlp_spool/$((jlp_last + 1))" || return
  jlp_last=$((jlp_last + 1))
  send_waiting
}

# At most 256 records or 64 Ki characters are under way; a larger record goes alone. Once none is, the window is open again.
send_waiting() {
  while [ "$jlp_may_send" = true ] && [ "$jlp_sent" -lt "$jlp_last" ]; do
    if [ -s "$jlp_spool/$((jlp_sent + 1))" ] && IFS= read -r record <"$jlp_spool/$((jlp_sent + 1))"; then
      [ "$jlp_window" -eq 0 ] || [ $((jlp_window + 256 + ${#record})) -le 65536 ] || return 0
      jlp_window=$((jlp_window + 256 + ${#record}))
      printf '%s,"seq":%s%s}\n' "$record" "$((jlp_sent + 1))" "$jlp_beside" >&5
    fi
    jlp_sent=$((jlp_sent + 1))
  done
}

# The collector has all of the stream $1 up to $2 for good, and has refused what follows, each as NUMBER:CODE.
settle() {
  [ "$1" = "$jlp_stream" ] && [ "$2" != - ] || return 0
  if [ -z "$jlp_answered" ] && [ "$2" -gt "$jlp_sent" ] && [ "$2" -ge "$jlp_first_new" ]; then
    begin_again
  else
    gone=
    while [ "$jlp_lowest" -lt "$jlp_last" ] && [ "$jlp_lowest" -le "$2" ]; do
      gone="$gone $jlp_lowest"
      jlp_lowest=$((jlp_lowest + 1))
    done
    [ "$2" -lt "$jlp_last" ] || [ ! -s "$jlp_spool/$jlp_last" ] || printf '' >"$jlp_spool/$jlp_last"
    shift 2
    for each; do
      number=${each%%:*}
      [ "$number" != - ] && [ -s "$jlp_spool/$number" ] || continue
      echo "evidence refused: number $number, ${each#*:}" >&2
      printf '' >"$jlp_spool/$number"
    done
    # shellcheck disable=SC2086 # they are numbers
    [ -z "$gone" ] || (cd "$jlp_spool" && rm -f $gone)
    number=$jlp_lowest
    while [ "$number" -le "$jlp_sent" ] && [ ! -s "$jlp_spool/$number" ]; do number=$((number + 1)); done
    [ "$number" -le "$jlp_sent" ] || jlp_window=0
  fi
  jlp_answered=yes jlp_may_send=true
  send_waiting
}

# The collector has more of this stream than this folder ever gave: an old copy was put back. What this run added goes into a new
# stream, the rest has been received long ago.
begin_again() {
  old=$jlp_spool number=$jlp_first_new end=$jlp_last
  new_spool || return
  jlp_stream=${jlp_spool##*/.spool.} jlp_beside=",\"stream\":\"${jlp_spool##*/.spool.}\""
  jlp_lowest=1 jlp_last=0 jlp_sent=0 jlp_window=0
  while [ "$number" -le "$end" ]; do
    mv -f "$old/$number" "$jlp_spool/$((jlp_last + 1))" && jlp_last=$((jlp_last + 1))
    number=$((number + 1))
  done
  rm -rf "$old"
}
