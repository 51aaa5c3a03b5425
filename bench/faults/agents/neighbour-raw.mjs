// A well-behaved neighbour without the SDK: numbers its summaries, and notes in a file of its own what it wrote when.
import { appendFileSync } from "node:fs";
import { createInterface } from "node:readline";

const { notes, heartbeat_ms: heartbeatMs, summary_ms: summaryMs } = JSON.parse(process.env.MIMOLO_CONFIG);
const run = `raw-${process.pid}-${Date.now()}`;
let n = 0;
let taken = false;

function say(message, note) {
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), ...message })}\n`);
  if (note) appendFileSync(notes, `${JSON.stringify({ ...note, at: Date.now() })}\n`);
}
const beat = () => say({ type: "heartbeat" }, { beat: true });
const summarize = () => {
  if (!taken) return;
  n += 1;
  say({ type: "summary", data: { neighbour_run: run, n } }, { run, n });
};

function obey(cmd) {
  if (cmd === "ack") taken = true;
  if (cmd === "status") say({ type: "status", health: "ok" });
  if (cmd === "flush") summarize();
  if (["flush", "stop", "start", "shutdown"].includes(cmd)) say({ type: "ack", ack_command: cmd });
  if (cmd === "shutdown" || cmd === "reject") process.exit(0);
}

say({
  type: "handshake",
  protocol_version: "0.4",
  agent_version: "1.0.0",
  capabilities: ["summary", "heartbeat", "status"],
});
beat();
setInterval(beat, heartbeatMs);
setInterval(summarize, summaryMs);
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { cmd, sequence } = JSON.parse(line);
    for (const step of cmd === "sequence" ? sequence : [cmd]) obey(step);
  })
  .on("close", () => process.exit(0));
