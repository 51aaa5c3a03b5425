#!/bin/sh
# Dies at once, while a grandchild keeps its stdout and stderr open.
echo '{"type":"heartbeat","timestamp":"2026-01-01T00:00:00Z"}'
sleep 300 &
echo "grandchild $!" >&2
exit 3
