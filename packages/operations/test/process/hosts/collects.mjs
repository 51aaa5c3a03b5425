// Embeds a collector in plain Node (from the build) and says what happens, a JSON line each. Ends by itself, without
// process.exit: a line "stop" on stdin stops the collector, its end too.
// usage: collects.mjs DATA_DIR [AGENT.mjs]
import { createInterface } from "node:readline";
import { createCollector } from "@mimolo/operations";

const [dataDir, agent] = process.argv.slice(2);
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const work = { executable: process.execPath, args: [agent], heartbeat_interval_s: 0.5, agent_flush_interval_s: 0.2 };
const collector = await createCollector({ dataDir, allow: [agent ?? ""], plugins: agent ? { work } : {} });
collector.on("log", ({ label, level, code, message }) => label === null && say({ level, code, message }));
collector.on("agent:state", ({ state }) => say({ agent: state, pid: collector.status().agents[0].pid }));
collector.on("evidence:committed", ({ through }) => say({ through }));
process.on("unhandledRejection", (error) => say({ unhandled: String(error) }));

try {
  await collector.start();
  say({ started: process.pid });
  const commands = createInterface({ input: process.stdin });
  commands.once("line", () => commands.close());
  commands.once("close", async () => {
    process.stdin.destroy();
    await collector.stop().then(
      () => say({ stopped: true }),
      (error) => say({ stopped: false, error: error.message }),
    );
  });
  void collector.stopped().then(() => commands.close());
} catch (error) {
  say({ refused: error.code, pid: error.pid });
}
