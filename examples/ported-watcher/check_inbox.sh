#!/bin/sh
# A check for Nagios or Icinga: too many files in the inbox are critical.
waiting=$(find inbox -type f | wc -l | tr -d ' ')
code=0 word=OK
[ "$waiting" -ge 100 ] && code=2 word=CRITICAL
echo "INBOX $word - $waiting waiting | waiting=$waiting;;100;0"
exit "$code"
