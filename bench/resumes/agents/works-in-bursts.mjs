// Works for a while, rests for a while, as its settings say; each summary is work. Ends its work for good once a file says so.
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";

const { rate, works_ms: worksMs, rests_ms: restsMs, enough } = JSON.parse(process.env.MIMOLO_CONFIG);
const say = (message) =>
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), ...message })}\n`);
const signal = { mode: "active", keep_alive: true, reason: "burst" };
let n = 0;
let untilMs = Date.now();
const work = () => {
  const start = new Date(untilMs).toISOString();
  untilMs = Date.now();
  const window = { start, end: new Date(untilMs).toISOString() };
  say({ type: "summary", data: { n: (n += 1), window, activity_signal: signal } });
};

let ended = false;
const sinceMs = Date.now();
setInterval(() => {
  ended ||= existsSync(enough);
}, 50);
setInterval(() => {
  if (!ended && (Date.now() - sinceMs) % (worksMs + restsMs) < worksMs) work();
  else untilMs = Date.now();
}, 1_000 / rate);
say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities: ["summary", "heartbeat"] });
setInterval(() => say({ type: "heartbeat", metrics: { n } }), 100);
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { cmd, sequence = [cmd] } = JSON.parse(line);
    for (const step of sequence) {
      if (step === "status") say({ type: "status", health: "ok" });
      if (["flush", "stop", "start"].includes(step)) say({ type: "ack", ack_command: step });
      if (step === "shutdown") process.exit(0);
    }
  })
  .on("close", () => process.exit(0));
