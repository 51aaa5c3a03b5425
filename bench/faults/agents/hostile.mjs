// A victim: a well-behaved agent until its control file names a fault, then that fault. `MIMOLO_CONFIG` names the file.
// What a fault with `everyStart` does is done again by each new process, until the file says otherwise.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, readFileSync, watch, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

const { control, heartbeat_ms: heartbeatMs } = JSON.parse(process.env.MIMOLO_CONFIG);
const say = (message) =>
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), ...message })}\n`);
const hoard = [];
let obeys = true;
let blocked = Promise.resolve();

/** What each fault does; `process.stdout.write` blocks while the collector does not read, as a real agent's would. */
const faults = {
  "exit-zero-loop": ({ code = 0 }) => process.exit(code),
  "deaf-stdin": () => process.stdin.pause(),
  "stderr-flood": ({ mib }) => {
    const lines = `${"e".repeat(120)}\n`.repeat(500);
    process.stderr.write(`${"one very long line ".repeat(12_000)}\n`);
    for (let written = 0; written < mib * 1_048_576; written += lines.length) process.stderr.write(lines);
  },
  "kept-stdout": ({ code }) => {
    spawn("sleep", ["120"], { stdio: ["ignore", "inherit", "inherit"] });
    setTimeout(() => process.exit(code), 100);
  },
  "fork-storm": async ({ forks, lingering, exits }) => {
    for (let n = 0; n < lingering; n++) spawn("sleep", ["120"], { stdio: "ignore" });
    for (let n = 0; n < forks; n++) {
      spawn("true", [], { stdio: "ignore" });
      if (n % 8 === 7) await sleep(20);
    }
    if (exits) process.exit(1);
  },
  "bad-lines": async ({ seconds, perSecond }) => {
    const bad = ["garbage", "{", '{"type":7}', "[1,2]", '{"type":"heartbeat","timestamp":"soon"}', "\u0007\u001b[2J"];
    for (let slice = 0; slice < seconds * 20; slice++) {
      for (let n = 0; n < perSecond / 20; n++) process.stdout.write(`${bad[n % bad.length]}\n`);
      await sleep(50);
    }
  },
  "long-lines": ({ lines, bytes }) => {
    for (let n = 0; n < lines; n++) {
      process.stdout.write(`${"x".repeat(bytes)}\n`);
      say({ type: "log", level: "debug", message: "y".repeat(bytes) });
    }
  },
  "huge-line": ({ mib }) => {
    const block = "x".repeat(1_048_576);
    const more = (left) => {
      if (left === 0) return void process.stdout.write("\n");
      process.stdout.write(block, () => more(left - 1));
    };
    more(mib);
  },
  "nul-lines": ({ lines }) => {
    for (let n = 0; n < lines; n++) process.stdout.write('\0\0{"type":"heartbeat"\0}\n\0\n');
  },
  "ignores-ladder": () => {
    obeys = false;
    process.on("SIGTERM", () => undefined);
    spawn("sleep", ["120"], { stdio: "ignore" });
  },
  "busy-loop": ({ seconds, beats }) => {
    const untilMs = Date.now() + seconds * 1000;
    const spin = () => {
      const restMs = beats ? Date.now() + 200 : untilMs;
      while (Date.now() < restMs);
      if (Date.now() < untilMs) setImmediate(spin);
    };
    spin();
  },
  "memory-leak": async ({ mib }) => {
    while (hoard.length * 8 < mib) {
      hoard.push(Buffer.alloc(8 * 1_048_576, hoard.length + 1));
      await sleep(20);
    }
  },
  "summary-flood": async ({ seconds }) => {
    const untilMs = Date.now() + seconds * 1000;
    for (let n = 0; Date.now() < untilMs; n++) {
      // As fast as it is read: a flood that waits in its own memory would only hurt itself.
      if (!say({ type: "summary", data: { flood: n, text: "z".repeat(400) } })) await once(process.stdout, "drain");
    }
  },
  "closed-stdout": () => closeSync(1),
  "half-a-line": ({ code }) => process.stdout.write('{"type":"heartbeat","timest', () => process.exit(code)),
};

/** Looks at the control file; a fault that is done once leaves a mark beside the file before it begins. */
function look() {
  if (!existsSync(control)) return;
  const { id, kind, params, everyStart } = JSON.parse(readFileSync(control, "utf8"));
  if (kind === "none" || (existsSync(`${control}.done`) && readFileSync(`${control}.done`, "utf8") === id)) return;
  if (!everyStart) writeFileSync(`${control}.done`, id);
  blocked = blocked.then(() => faults[kind]?.(params));
}

function obey(cmd) {
  if (cmd === "flush") say({ type: "summary", data: { victim: true } });
  if (cmd === "status") say({ type: "status", health: "ok" });
  if (["flush", "stop", "start", "shutdown"].includes(cmd)) say({ type: "ack", ack_command: cmd });
  if (cmd === "shutdown" || cmd === "reject") process.exit(0);
}

process.stdout.on("error", () => process.exit(1));
process.stderr.on("error", () => undefined);
say({
  type: "handshake",
  protocol_version: "0.4",
  agent_version: "1.0.0",
  capabilities: ["summary", "heartbeat", "status"],
});
say({ type: "heartbeat" });
setInterval(() => say({ type: "heartbeat" }), heartbeatMs);
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { cmd, sequence } = JSON.parse(line);
    if (obeys) for (const step of cmd === "sequence" ? sequence : [cmd]) obey(step);
  })
  .on("close", () => obeys && process.exit(0));
watch(dirname(control), (_event, file) => file === basename(control) && look());
look();
