#!/bin/sh
# Deaf to everything but SIGKILL, with a grandchild that is no better.
trap '' TERM HUP INT
sh -c 'trap "" TERM HUP INT; while :; do sleep 1; done' &
while :; do
  echo '{"type":"heartbeat","timestamp":"2026-01-01T00:00:00Z"}'
  sleep 0.2
done
