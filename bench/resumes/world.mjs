// The collector that is killed, the agents that keep it busy, and where it can be reached.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask, startCollector } from "../faults/collector.mjs";

const agent = join(import.meta.dirname, "agents/works-in-bursts.mjs");

/** Bursts of different lengths, so that segments open, go on and close all the time. */
const bursts = {
  quick: { rate: 100, works_ms: 150, rests_ms: 500 },
  steady: { rate: 20, works_ms: 1_700, rests_ms: 4_900 },
};

/** @param {string} folder @param {string} mark */
export async function beginWorld(folder, mark) {
  const dataDir = join(folder, "data");
  const config = join(folder, "mimolo.toml");
  const enough = join(folder, "enough");
  writeFileSync(config, tomlOf(enough));
  let collector = await startCollector({ folder, mark, config, port: 0 });
  const address = () => JSON.parse(readFileSync(join(dataDir, "control/address.json"), "utf8"));

  return {
    dataDir,
    get collector() {
      return collector;
    },
    /** How it is reached now; `null` while it cannot be. @param {"tcp" | "socket"} by */
    reach(by) {
      try {
        const { socket, http } = address();
        if (by === "socket") return existsSync(socket) ? { url: `ws+unix://${socket}:/api/v1/events` } : null;
        const token = readFileSync(join(dataDir, "control/token"), "utf8").trim();
        return { url: `${http.replace("http", "ws")}/api/v1/events`, token };
      } catch {
        return null;
      }
    },
    /** @param {string} method @param {string} path @param {object} [body] */
    ask: (method, path, body) => ask(address().socket, method, path, body),
    /** Dies in the middle of what it does, or is asked to end; then it is started again. @param {"kill" | "stop"} how */
    async again(how) {
      if (how === "kill") {
        collector.kill();
        await collector.exited;
      } else await collector.stop();
      collector = await startCollector({ folder, mark, config, port: 0 });
    },
    enough: () => writeFileSync(enough, ""),
  };
}

/** @typedef {Awaited<ReturnType<typeof beginWorld>>} World */

/** @param {string} enough */
function tomlOf(enough) {
  const monitor =
    "[monitor]\ncooldown_seconds = 0.2\nglobal_total_cpu_budget_percent = 90\nmax_plugin_cpu_percent = 40\n";
  const tables = Object.entries(bursts).map(([label, settings]) => {
    const keys = { executable: process.execPath, args: [agent], cpu_budget_percent: 40, enough, ...settings };
    const lines = Object.entries(keys).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
    return [`[plugins.${label}]`, ...lines].join("\n");
  });
  return `${monitor}\n${tables.join("\n\n")}\n`;
}
