# Shakes hands and ends by a signal.
echo '{"type":"handshake","timestamp":"2026-01-01T00:00:00Z","protocol_version":"0.4","agent_version":"1.0.0"}'
kill -s SEGV $$
