#!/bin/sh
# Starts a child in a session of its own that keeps stdout, then waits to be killed.
setsid sleep 5 2>/dev/null </dev/null &
echo '{"type":"handshake","protocol_version":"0.4","agent_version":"1.0.0","timestamp":"2026-01-01T00:00Z"}'
while read -r line; do :; done
