// Fires `arrived` for each file that appears in a folder. `start` begins to watch; what it returns ends that.
import { readdir } from "node:fs/promises";
import { defineTrigger } from "@mimolo/agent-sdk";

await defineTrigger({
  id: "example.arrivals",
  version: "1.0.0",
  start: async (fire, { config, log }) => {
    const { folder = ".", every_s: everySeconds = 1 } = config;
    let known = new Set(await readdir(folder));
    const look = async () => {
      const names = await readdir(folder);
      const arrived = names.filter((name) => !known.has(name));
      known = new Set(names);
      for (const name of arrived) fire("arrived", { payload: { name }, velocity: arrived.length });
    };
    const timer = setInterval(() => look().catch((error) => log.warning(error.message)), everySeconds * 1000);
    return () => clearInterval(timer);
  },
}).run();
