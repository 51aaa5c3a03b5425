// An agent without any library: it counts seconds and calls that work.
import { createInterface } from "node:readline";

const say = (message) => console.log(JSON.stringify({ timestamp: new Date().toISOString(), ...message }));
let seconds = 0;
setInterval(() => seconds++, 1000);
setInterval(() => say({ type: "heartbeat", metrics: { pending: seconds } }), 2000);
say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities: ["summary", "heartbeat"] });

const steps = {
  flush() {
    const activity_signal = { mode: "active", keep_alive: seconds > 0, reason: "counted" };
    say({ type: "summary", data: { seconds, activity_signal }, metrics: { interval_s: seconds } });
    say({ type: "ack", ack_command: "flush" });
    seconds = 0;
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
