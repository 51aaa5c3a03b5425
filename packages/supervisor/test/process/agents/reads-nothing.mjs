#!/usr/bin/env node
// Beats, but never reads what we say, and does not mind that nobody hears it.
process.stdout.on("error", () => undefined);
const beat = () => process.stdout.write('{"type":"heartbeat","timestamp":"2026-01-01T00:00:00Z"}\n');
beat();
setInterval(beat, 100);
