// {{does}}. `look` is yours.
import { readdirSync } from "node:fs";
import { defineTrigger } from "@mimolo/agent-sdk";

export function plugin() {
  return defineTrigger({
    id: "{{id}}",
    version: "{{version}}",
    start: (fire, { config, dataDir, log }) => {
      const folder = typeof config.folder === "string" ? config.folder : (dataDir ?? ".");
      const everyMs = typeof config.every_s === "number" ? config.every_s * 1000 : 1000;
      let known = new Set(filesIn(folder));
      const look = () => {
        try {
          const names = filesIn(folder);
          for (const name of names.filter((each) => !known.has(each))) fire("arrived", { payload: { name } });
          known = new Set(names);
        } catch (error) {
          log.warning(String(error));
        }
      };
      const timer = setInterval(look, everyMs);
      return () => clearInterval(timer);
    },
  });
}

/** Names of files in a folder, but for hidden ones. */
function filesIn(folder: string): string[] {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ name }) => name).filter((name) => !name.startsWith("."));
}
