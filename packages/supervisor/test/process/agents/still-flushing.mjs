#!/usr/bin/env node
// Asks for more time at the stop, then leaves by itself with a late summary.
const say = (message) => process.stdout.write(`${JSON.stringify({ timestamp: "2026-01-01T00:00:00Z", ...message })}\n`);
say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0" });
process.stdin.on("data", (chunk) => {
  if (!String(chunk).includes("shutdown")) return;
  say({ type: "status", health: "ok", message: "still flushing" });
  setTimeout(() => {
    say({ type: "summary", data: { late: true } });
    process.stdout.write("", () => process.exit(0));
  }, 800);
});
