#!/usr/bin/env node
// NUL bytes alone, inside a line and around one; then a good line.
const beat = '{"type":"heartbeat","timestamp":"2026-01-01T00:00:00Z"}\n';
process.stdout.write(`${beat}\0\n{"type":"heartbeat\0"}\n\0\0\0${beat}${beat}`);
process.stdin.resume().on("end", () => process.exit(0));
