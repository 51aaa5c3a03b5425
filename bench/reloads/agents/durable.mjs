// A durable plugin without any library that knows `lifecycle`: every summary is in its spool before it is sent, and stays there until
// `committed` covers it. The spool outlives its versions.
import { appendFileSync, existsSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { randomUUID } from "node:crypto";
import { join } from "node:path";

const VERSION = "__VERSION__";
const BREAKS = "__BREAKS__";
const { rate } = JSON.parse(process.env.MIMOLO_CONFIG);
const own = (name) => join(process.env.MIMOLO_AGENT_DATA_DIR, name);
const read = (name) => (existsSync(own(name)) ? readFileSync(own(name), "utf8") : "");
const isEnough = () => existsSync(own("enough"));
const whole = (name, text) => {
  writeFileSync(own(`${name}.new`), text);
  renameSync(own(`${name}.new`), own(name));
};

if (BREAKS === "at-start") throw new Error("made to fail");
if (BREAKS === "at-exit") process.exit(3);
if (read("stream") === "") writeFileSync(own("stream"), randomUUID());
const stream = read("stream");
const file = openSync(own("promised"), existsSync(own("promised")) ? "r+" : "w+");
// What is not whole was never sent.
let spool = read("spool")
  .split("\n")
  .slice(0, -1)
  .map((line) => ({ line, seq: JSON.parse(line).seq }));
whole("spool", spool.map(({ line }) => `${line}\n`).join(""));
let last = Math.max(Number(read("settled")), spool.at(-1)?.seq ?? 0);
let through = Number.POSITIVE_INFINITY;
let sent = 0;
let isOn = false;
let began = 0;
let since = 0;

const say = (message) =>
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), ...message })}\n`);
const promise = () => {
  const seq = ++last;
  const data = { n: seq, version: VERSION };
  const line = JSON.stringify({ timestamp: new Date().toISOString(), type: "summary", data, seq });
  appendFileSync(own("spool"), `${line}\n`);
  spool.push({ line, seq });
  writeSync(file, String(last).padEnd(12), 0);
};
const send = () => {
  for (const { line, seq } of spool) {
    if (seq <= sent || seq > through + 1024) continue;
    process.stdout.write(`${line}\n`);
    sent = seq;
  }
};
const settle = (news) => {
  if (through === Number.POSITIVE_INFINITY) sent = news.through;
  through = news.through;
  spool = spool.filter(({ seq }) => seq > through);
  whole("settled", String(through));
  whole("spool", spool.map(({ line }) => `${line}\n`).join(""));
};
const live = (phase) => {
  isOn = phase === "activate";
  began = Date.now();
  since = 0;
  if (BREAKS === "at-work" && phase === "activate") {
    for (let count = 0; count < 20; count += 1) promise();
    send();
    process.exit(3);
  }
};

const capabilities = ["summary", "durable_ack", "lifecycle"];
say({ type: "handshake", protocol_version: "0.4", agent_version: VERSION, capabilities, stream });
setInterval(() => say({ type: "heartbeat", metrics: { queue: spool.length } }), 500);
setInterval(() => {
  if (through === Number.POSITIVE_INFINITY) return;
  const enough = isEnough();
  if (isOn && !enough) for (const due = ((Date.now() - began) * rate) / 1000; since < due; since += 1) promise();
  send();
  if (enough && through >= last) writeFileSync(own("done"), String(last));
}, 10);
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { cmd, id, params = {}, sequence = [cmd] } = JSON.parse(line);
    if (cmd === "committed") settle(params);
    for (const step of sequence) {
      if (step === "lifecycle") live(params.phase);
      if (step === "flush") {
        promise();
        send();
      }
      if (step === "status") say({ type: "status", health: "ok" });
      const isSilent = BREAKS === "without-a-word" && step === "lifecycle";
      if (!isSilent && ["lifecycle", "flush", "stop", "start"].includes(step))
        say({ type: "ack", ack_command: step, id });
      if (step === "shutdown") process.exit(0);
    }
  })
  .on("close", () => process.exit(0));
