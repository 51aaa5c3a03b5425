// {{does}}. `sample` and `summarize` are yours.
import { readdirSync } from "node:fs";
import { defineAgent } from "@mimolo/agent-sdk";

export function plugin() {
  let known: Set<string> | undefined;
  let isBlind = false;
  return defineAgent({
    id: "{{id}}",
    version: "{{version}}",
    sampleEverySeconds: 5,
    sample: ({ count, set, context: { config, dataDir } }) => {
      const folder = typeof config.folder === "string" ? config.folder : (dataDir ?? ".");
      // Until it has seen the folder; what cannot be seen is not idle.
      isBlind = true;
      const names = filesIn(folder);
      isBlind = false;
      const came = known === undefined ? [] : names.filter((name) => !known?.has(name));
      known = new Set(names);
      return [count("came", came.length), set("files", names.length)];
    },
    summarize: ({ counts }) => {
      const activity = isBlind ? "passive" : "idle";
      return { data: counts, activity: (counts.came ?? 0) > 0 ? "worked" : activity };
    },
  });
}

/** Names of files in a folder, but for hidden ones. */
function filesIn(folder: string): string[] {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ name }) => name).filter((name) => !name.startsWith("."));
}
