// An agent without any library: it says how many files wait in ~/inbox, and counts what came and went as work.
import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const inbox = join(homedir(), "inbox");
const say = (message) => console.log(JSON.stringify({ timestamp: new Date().toISOString(), ...message }));
const look = () => readdirSync(inbox, { withFileTypes: true }).filter((entry) => entry.isFile()).length;
let known = look();
say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities: ["summary", "heartbeat"] });
setInterval(() => say({ type: "heartbeat", metrics: {} }), 2000);

const steps = {
  flush() {
    const files = look();
    const activity_signal = { mode: "active", keep_alive: files !== known, reason: "the inbox changed" };
    say({ type: "summary", data: { files, changed: files - known, activity_signal } });
    known = files;
    say({ type: "ack", ack_command: "flush" });
  },
  stop: () => say({ type: "ack", ack_command: "stop" }),
  status: () => say({ type: "status", health: "ok" }),
  shutdown: () => process.exit(0),
};
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { cmd, sequence } = JSON.parse(line);
    for (const step of cmd === "sequence" ? sequence : [cmd]) steps[step]?.();
  })
  .on("close", () => process.exit(0));
