// Embeds a collector in plain Node (from the build), calls its plugin so often, says so, and waits for its end.
// usage: calls-a-plugin.mjs DATA_DIR AGENT.mjs NOTES CALLS
import { createCollector } from "@mimolo/operations";

const [dataDir, agent, notes, calls] = process.argv.slice(2);
const work = { executable: process.execPath, args: [agent, notes], heartbeat_interval_s: 0.5 };
const collector = await createCollector({ dataDir, allow: [agent], plugins: { work } });
const running = new Promise((resolve) => collector.on("agent:state", ({ state }) => state === "running" && resolve()));
await collector.start();
await running;
for (let call = 0; call < Number(calls); call++)
  await collector.plugins.invoke("work", { interface: "action", method: "execute", params: { do: "ok" } });
process.stdout.write("called\n");
