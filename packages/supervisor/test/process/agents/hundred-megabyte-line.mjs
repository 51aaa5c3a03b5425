#!/usr/bin/env node
// One line of 100 MB between two good ones.
import { once } from "node:events";

const beat = '{"type":"heartbeat","timestamp":"2026-01-01T00:00:00Z"}\n';
const put = async (text) => process.stdout.write(text) || (await once(process.stdout, "drain"));
await put(beat);
const megabyte = "x".repeat(1_000_000);
for (let i = 0; i < 100; i++) await put(megabyte);
await put(`\n${beat}`);
process.stdin.resume().on("end", () => process.exit(0));
