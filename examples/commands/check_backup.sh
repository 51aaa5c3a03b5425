#!/bin/sh
# A check in the manner of Nagios: is there a backup, and is it large enough?
file=$1
least=${2:-1}
if [ ! -f "$file" ]; then
  echo "BACKUP CRITICAL - $file is not there"
  exit 2
fi
bytes=$(wc -c <"$file")
bytes=$((bytes))
numbers="size=${bytes}B;$least:;;0"
if [ "$bytes" -lt "$least" ]; then
  echo "BACKUP WARNING - $bytes bytes, fewer than $least | $numbers"
  exit 1
fi
echo "BACKUP OK - $bytes bytes | $numbers"
