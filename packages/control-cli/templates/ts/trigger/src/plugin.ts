// {{does}}. `look` is yours.
import { readdir } from "node:fs/promises";
import { defineTrigger } from "@mimolo/agent-sdk";

export function plugin() {
  return defineTrigger({
    id: "{{id}}",
    version: "{{version}}",
    start: async (fire, { config, dataDir, log }) => {
      const folder = typeof config.folder === "string" ? config.folder : (dataDir ?? ".");
      const everyMs = typeof config.every_s === "number" ? config.every_s * 1000 : 1000;
      let known = new Set(await readdir(folder));
      const look = async () => {
        const names = await readdir(folder);
        for (const name of names.filter((each) => !known.has(each))) fire("arrived", { payload: { name } });
        known = new Set(names);
      };
      const timer = setInterval(() => look().catch((error) => log.warning(String(error))), everyMs);
      return () => clearInterval(timer);
    },
  });
}
