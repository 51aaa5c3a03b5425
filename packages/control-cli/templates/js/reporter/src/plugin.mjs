// {{does}}. `collect` and `report` are yours.
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { defineReporter } from "@mimolo/agent-sdk";

export function plugin() {
  return defineReporter({
    id: "{{id}}",
    version: "{{version}}",
    metrics: [
      { id: "files", unit: "files", description: "Files in the folder" },
      { id: "bytes", unit: "bytes", description: "What they hold" },
    ],
    formats: ["text", "json"],
    collect: async (ids, _range, { config, dataDir }) => {
      const folder = typeof config.folder === "string" ? config.folder : (dataDir ?? ".");
      const names = (await readdir(folder)).filter((name) => !name.startsWith("."));
      const found = await Promise.all(names.map((name) => stat(join(folder, name))));
      const sizes = found.filter((each) => each.isFile()).map(({ size }) => size);
      const counted = { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
      return Object.fromEntries(ids.map((id) => [id, counted[id]]));
    },
    report: (figures, format) => {
      if (format === "json") return figures;
      return Object.entries(figures)
        .map(([id, value]) => `${String(value)} ${id}`)
        .join(", ");
    },
  });
}
