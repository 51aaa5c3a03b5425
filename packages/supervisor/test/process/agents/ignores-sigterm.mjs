#!/usr/bin/env node
// Only SIGKILL ends it.
process.on("SIGTERM", () => undefined);
const beat = () => process.stdout.write('{"type":"heartbeat","timestamp":"2026-01-01T00:00:00Z"}\n');
beat();
setInterval(beat, 100);
process.stdin.resume();
