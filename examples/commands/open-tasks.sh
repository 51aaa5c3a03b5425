#!/bin/sh
# The open tasks of a list in Markdown, a line each.
while IFS= read -r line; do
  case $line in
    "- [ ] "*) printf '%s\n' "${line#"- [ ] "}" ;;
  esac
done <"${1:-tasks.md}"
