// An action, to try the trigger with: it says the `text` that a rule gives it, with {{…}} filled, into its log.
import { createInterface } from "node:readline";

const send = (type, fields) =>
  process.stdout.write(`${JSON.stringify({ type, timestamp: new Date().toISOString(), ...fields })}\n`);
const valueAt = (path, from) => path.split(".").reduce((value, name) => value?.[name], from);

send("handshake", {
  protocol_version: "0.4",
  agent_version: "{{version}}",
  capabilities: ["heartbeat", "status", "invoke"],
});
send("metadata", { data: { interfaces: ["action"] } });
send("status", { health: "ok" });
setInterval(() => send("heartbeat", { metrics: {} }), 5000).unref();

for await (const line of createInterface({ input: process.stdin })) {
  const { cmd, id, params } = JSON.parse(line);
  if (cmd === "invoke") {
    const { text } = params.params ?? {};
    const said = String(text).replace(/\{\{([\w.]+)\}\}/g, (_, path) => valueAt(path, params.context ?? {}) ?? "?");
    send("log", { level: "info", message: said });
    send("result", { id, ok: true, data: { said } });
  } else if (["flush", "stop", "start", "shutdown"].includes(cmd)) {
    send("ack", { ack_command: cmd, id });
  }
  if (cmd === "shutdown" || cmd === "reject") break;
}
process.exit();
