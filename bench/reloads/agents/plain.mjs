// A plugin without any library: numbers its summaries over all its lives, and keeps nothing. What it wrote it never writes again.
import { closeSync, existsSync, openSync, readFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";

const VERSION = "__VERSION__";
const BREAKS = "__BREAKS__";
const { rate } = JSON.parse(process.env.MIMOLO_CONFIG);
const own = (name) => join(process.env.MIMOLO_AGENT_DATA_DIR, name);
const isEnough = () => existsSync(own("enough"));

if (BREAKS === "at-start") throw new Error("made to fail");
if (BREAKS === "at-exit") process.exit(3);
const file = openSync(own("promised"), existsSync(own("promised")) ? "r+" : "w+");
let n = Number(readFileSync(own("promised"), "utf8") || 0);
const say = (message) =>
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), ...message })}\n`);
const promise = () => {
  n += 1;
  writeSync(file, String(n).padEnd(12), 0);
  say({ type: "summary", data: { n, version: VERSION } });
};

let isOn = false;
let began = 0;
let since = 0;
say({ type: "handshake", protocol_version: "0.4", agent_version: VERSION, capabilities: ["summary"] });
setInterval(() => say({ type: "heartbeat" }), 500);
setInterval(() => {
  if (!isOn || isEnough()) return;
  for (const due = ((Date.now() - began) * rate) / 1000; since < due; since += 1) promise();
}, 10);
const start = () => {
  isOn = true;
  began = Date.now();
  since = 0;
};
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { cmd, sequence = [cmd] } = JSON.parse(line);
    for (const step of sequence) {
      if (step === "ack" || step === "start") start();
      if (step === "stop") isOn = false;
      if (step === "flush") promise();
      if (step === "status") say({ type: "status", health: "ok" });
      if (["stop", "start", "flush"].includes(step)) say({ type: "ack", ack_command: step });
      if (step === "shutdown") {
        closeSync(file);
        process.exit(0);
      }
    }
  })
  .on("close", () => process.exit(0));
