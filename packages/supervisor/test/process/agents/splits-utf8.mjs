#!/usr/bin/env node
// Writes a summary in pieces that cut every character, then half a character as its last word.
import { writeSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

writeSync(
  1,
  '{"type":"handshake","protocol_version":"0.4","agent_version":"1.0.0","timestamp":"2026-01-01T00:00Z"}\r\n',
);
const line = Buffer.from('{"type":"summary","timestamp":"2026-01-01T00:00Z","data":{"text":"Zürich ⛵ 東京 🚲"}}\n');
for (const byte of line) {
  writeSync(1, Buffer.of(byte));
  if (byte > 127) await pause(2);
}
writeSync(1, Buffer.from([0xf0, 0x9f]));
