#!/usr/bin/env node
// Shakes hands, beats, answers; leaves with a last summary and exit code 0.
import { createInterface } from "node:readline";

const say = (message) =>
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), ...message })}\n`);
const summary = () => say({ type: "summary", data: { n: 1, environment: Object.keys(process.env) } });
say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities: ["summary"] });
setInterval(() => say({ type: "heartbeat" }), 100);
const run = (cmd) => {
  if (cmd === "flush") summary();
  if (cmd === "status") say({ type: "status", health: "ok" });
  say({ type: "ack", ack_command: cmd });
  if (cmd === "shutdown") process.exit(0);
};
const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const { cmd, params } = JSON.parse(line);
  if (cmd === "sequence") params.sequence.forEach(run);
  else if (cmd !== "ack") run(cmd);
});
lines.on("close", () => process.exit(0));
