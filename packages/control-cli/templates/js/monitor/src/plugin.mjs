// {{does}}. `emitEvent` is yours, and `filter`: what a segment keeps of all its events.
import { readdirSync } from "node:fs";
import { defineMonitor } from "@mimolo/agent-sdk";

export function plugin() {
  let known;
  return defineMonitor({
    id: "{{id}}",
    version: "{{version}}",
    label: "{{identifier}}",
    dataHeader: "files",
    pollEverySeconds: 5,
    emitEvent: ({ config, dataDir }) => {
      const folder = typeof config.folder === "string" ? config.folder : (dataDir ?? ".");
      const names = filesIn(folder);
      const files = known === undefined ? [] : names.filter((name) => !known?.has(name));
      known = new Set(names);
      return files.length === 0 ? null : { event: "arrived", payload: { files } };
    },
    filter: (items) => [...new Set(items.flat())],
  });
}

/** Names of files in a folder, but for hidden ones. */
function filesIn(folder) {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ name }) => name).filter((name) => !name.startsWith("."));
}
