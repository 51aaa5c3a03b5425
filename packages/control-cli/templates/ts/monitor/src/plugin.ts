// {{does}}. `emitEvent` is yours, and `filter`: what a segment keeps of all its events.
import { readdirSync } from "node:fs";
import { defineMonitor } from "@mimolo/agent-sdk";

export function plugin() {
  let known: Set<string> | undefined;
  return defineMonitor({
    id: "{{id}}",
    version: "{{version}}",
    label: "{{identifier}}",
    dataHeader: "files",
    pollEverySeconds: 5,
    emitEvent: ({ config, dataDir }) => {
      const folder = typeof config.folder === "string" ? config.folder : (dataDir ?? ".");
      const names = readdirSync(folder).filter((name) => !name.startsWith("."));
      const files = known === undefined ? [] : names.filter((name) => !known?.has(name));
      known = new Set(names);
      return files.length === 0 ? null : { event: "arrived", payload: { files } };
    },
    filter: (items) => [...new Set(items.flat())],
  });
}
