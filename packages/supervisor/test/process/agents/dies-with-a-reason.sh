#!/bin/sh
echo '{"type":"heartbeat","timestamp":"2026-01-01T00:00:00Z"}'
echo "Traceback: no such table" >&2
kill -SEGV $$
