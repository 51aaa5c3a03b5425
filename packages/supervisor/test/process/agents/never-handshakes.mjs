#!/usr/bin/env node
// Says nothing at all, but would leave when told.
process.stdin.resume().on("end", () => process.exit(0));
