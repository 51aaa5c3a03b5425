// An agent without a library, which knows nothing of `lifecycle`: it is started, stopped, flushed and shut down.
import { createInterface } from "node:readline";

const { notes_a_day: goal } = JSON.parse(process.env.MIMOLO_CONFIG ?? "{}");
const say = (message) => console.log(JSON.stringify({ timestamp: new Date().toISOString(), ...message }));
say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities: ["summary", "heartbeat"] });
setInterval(() => say({ type: "heartbeat", metrics: {} }), 2000);

const steps = {
  flush: () => say({ type: "summary", data: { goal, activity_signal: { mode: "passive", keep_alive: null } } }),
  status: () => say({ type: "status", health: "ok" }),
  shutdown: () => process.exit(0),
};
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { cmd, id, sequence } = JSON.parse(line);
    for (const step of cmd === "sequence" ? sequence : [cmd]) {
      steps[step]?.();
      if (["start", "stop", "flush"].includes(step)) say({ type: "ack", ack_command: step, id });
    }
  })
  .on("close", () => process.exit(0));
