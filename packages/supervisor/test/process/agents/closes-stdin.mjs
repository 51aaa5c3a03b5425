#!/usr/bin/env node
// Closes its stdin and beats on: whoever writes to it gets EPIPE.
import { closeSync } from "node:fs";

closeSync(0);
const beat = () => process.stdout.write('{"type":"heartbeat","timestamp":"2026-01-01T00:00:00Z"}\n');
beat();
setInterval(beat, 100);
