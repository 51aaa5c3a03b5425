#!/usr/bin/env node
// Shakes hands, then spins without ever looking up.
import { writeSync } from "node:fs";

writeSync(1, '{"type":"handshake","protocol_version":"0.4","agent_version":"1.0.0","timestamp":"2026-01-01T00:00Z"}\n');
for (;;);
