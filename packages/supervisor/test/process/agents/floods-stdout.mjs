#!/usr/bin/env node
// Writes heartbeats as fast as the pipe takes them.
import { writeSync } from "node:fs";

const beats = '{"type":"heartbeat","timestamp":"2026-01-01T00:00:00Z"}\n'.repeat(1_000);
process.stdin.resume();
for (;;) {
  try {
    writeSync(1, beats);
  } catch (error) {
    if (error.code !== "EAGAIN") process.exit(1);
  }
}
