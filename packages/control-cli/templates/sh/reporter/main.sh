#!/bin/sh
# {{does}}. `collect` and `report` are yours; jlp.sh speaks the protocol.

case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
here=$(cd "$here" && pwd -P) || exit 1
. "$here/jlp.sh"
version={{version}}
interfaces='"analytics"'
setting string folder || folder=$own
offered='[{"id":"files","unit":"files","description":"Files in the folder"},{"id":"bytes","unit":"bytes","description":"What they hold"}]'

call() {
  case $1 in
    analytics.metrics) result=$offered ;;
    analytics.collect) collect && as_json ;;
    analytics.report) report ;;
    *) refuse not-offered "$1 is not offered" ;;
  esac
}

# Sets figures, each NAME=NUMBER, to what is asked for: {"metrics": ids, "time_range": {"from", "to"}}.
collect() {
  take words metrics || { take json metrics && metrics=-; } || metrics='files bytes'
  measure || return
  figures=
  for metric in $metrics; do
    case $metric in
      files) figures="$figures files=$files" ;;
      bytes) figures="$figures bytes=$bytes" ;;
      *) refuse unknown-metric "there is files, bytes"; return ;;
    esac
  done
}

measure() {
  [ -d "$folder" ] && [ -r "$folder" ] || { refuse failed "cannot read $folder"; return; }
  files=0 bytes=0
  for file in "$folder"/*; do
    [ -f "$file" ] && size=$(wc -c <"$file") || continue
    files=$((files + 1)) bytes=$((bytes + size))
  done
}

# {"metrics": ids or figures, "format": "text" or "json"} → the report.
report() {
  take json metrics || metrics=
  case $metrics in
    '{'*) take words metrics && figures=$metrics || { refuse invalid-params "figures are numbers"; return; } ;;
    *) collect || return ;;
  esac
  take string format || format=text
  if [ "$format" = json ]; then as_json; else as_text; fi
}

as_json() {
  result=
  for figure in $figures; do result="$result${result:+,}\"${figure%%=*}\":${figure#*=}"; done
  result={$result}
}

as_text() {
  words=
  for figure in $figures; do words="$words${words:+, }${figure#*=} ${figure%%=*}"; done
  quote "$words"
  result=$quoted
}

[ -n "$TESTED" ] || run
