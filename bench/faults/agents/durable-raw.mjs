// A durable agent without the SDK, as somebody in another language would write it: numbers, spools, sends, re-sends.
import { join } from "node:path";
import { createInterface } from "node:readline";
import { RawSpool } from "./raw-spool.mjs";
import { recorder } from "./recorder.mjs";
import { workload } from "./workload.mjs";

const LOOK_MS = 50;
/** A collector that never says `committed` is sent everything nevertheless. */
const PATIENCE_MS = 10_000;

const settings = JSON.parse(process.env.MIMOLO_CONFIG);
const work = workload(settings);
const { wrote, heard } = recorder(settings.notes);
const spool = new RawSpool(join(process.env.MIMOLO_AGENT_DATA_DIR, "spool"));
const startedMs = Date.now();
let isKnown = false;

function say(...lines) {
  const text = lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");
  wrote(text);
  process.stdout.write(text);
}
const stamp = () => ({ timestamp: new Date().toISOString() });
const isActive = { activity_signal: { mode: "active", keep_alive: true } };
const summary = (seq, stream) => {
  const moved = stream === undefined ? {} : { stream };
  return JSON.stringify({ type: "summary", ...stamp(), seq, ...moved, data: { ...work.item(), ...isActive } });
};
const renumber = (line, seq, stream) => JSON.stringify({ ...JSON.parse(line), seq, stream });
const send = () => {
  if (!isKnown && Date.now() - startedMs < PATIENCE_MS) return;
  const due = spool.due();
  if (due.length > 0) say(...due);
};

function obey(cmd, { stream, through }) {
  if (cmd === "committed") {
    spool.settle(stream, through, renumber);
    isKnown = true;
  }
  if (cmd === "flush") {
    spool.add(summary);
    send();
  }
  if (cmd === "status") say({ type: "status", ...stamp(), health: "ok" });
  if (["flush", "stop", "start", "shutdown"].includes(cmd)) say({ type: "ack", ...stamp(), ack_command: cmd });
  if (cmd === "shutdown" || cmd === "reject") process.exit(0);
}

process.stdout.on("error", () => process.exit(1));
say({
  type: "handshake",
  ...stamp(),
  protocol_version: "0.4",
  agent_version: "1.0.0",
  capabilities: ["summary", "heartbeat", "status", "durable_ack"],
  stream: spool.stream,
});
say({ type: "heartbeat", ...stamp() });
setInterval(() => say({ type: "heartbeat", ...stamp() }), settings.heartbeat_ms);
setInterval(() => {
  for (let left = work.due(); left > 0; left--) spool.add(summary);
  send();
}, LOOK_MS);
createInterface({ input: process.stdin })
  .on("line", (line) => {
    heard(`${line}\n`);
    const { cmd, sequence, params, ...rest } = JSON.parse(line);
    for (const step of cmd === "sequence" ? sequence : [cmd]) obey(step, { ...rest, ...params });
    send();
  })
  .on("close", () => process.exit(0));
