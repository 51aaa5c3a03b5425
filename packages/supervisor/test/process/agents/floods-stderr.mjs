#!/usr/bin/env node
// 20,000 lines and one of 1 MB on stderr, then a good line on stdout: it gets there only if stderr is drained.
import { writeSync } from "node:fs";

const put = (fd, text) => {
  for (let rest = Buffer.from(text); rest.length > 0; ) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
};
for (let i = 0; i < 20_000; i++) put(2, `complaint ${i} ${"!".repeat(80)}\n`);
put(2, `${"y".repeat(1_000_000)}\nlast words\n`);
put(1, '{"type":"heartbeat","timestamp":"2026-01-01T00:00:00Z"}\n');
process.stdin.resume().on("end", () => process.exit(0));
