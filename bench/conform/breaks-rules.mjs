// An agent that breaks some rules, so that a steady verdict is more than "all is well": it tells a time without a zone, falls over
// what is no JSON, ends its shutdown with the wrong code and stays when its stdin ends.
import { createInterface } from "node:readline";

/** @param {object} message */
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
const beat = () => say({ type: "heartbeat", timestamp: new Date().toISOString() });

say({
  type: "handshake",
  protocol_version: "0.4",
  agent_version: "1.0.0",
  capabilities: ["summary", "heartbeat", "status"],
});
say({ type: "status", health: "ok" });
say({ type: "log", level: "info", message: "hello", timestamp: "2026-03-01 09:00" });
setInterval(beat, 1000);

createInterface({ input: process.stdin }).on("line", (line) => {
  const { cmd, id } = JSON.parse(line);
  const ack = () => say({ type: "ack", ack_command: cmd, id });
  if (cmd === "status") say({ type: "status", health: "ok" });
  if (cmd === "reject") process.exit(0);
  if (cmd === "flush") say({ type: "summary", data: {} });
  if (["flush", "stop", "start"].includes(cmd)) ack();
  if (cmd === "shutdown") process.exit(3);
});
