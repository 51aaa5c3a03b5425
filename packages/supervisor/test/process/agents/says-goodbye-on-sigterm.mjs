// Hears nothing but SIGTERM, and has something to say then.
import { writeSync } from "node:fs";

const say = (message) => writeSync(1, `${JSON.stringify({ timestamp: new Date().toISOString(), ...message })}\n`);
process.on("SIGTERM", () => {
  say({ type: "log", level: "info", message: "goodbye" });
  process.exit(0);
});
setInterval(() => undefined, 1_000);
say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0" });
