import { defineConfig, type Options } from "tsup";

/** One build for every library: ESM for Node 20, one file per public entry, nothing of another package inside. */
export function library(entry: string[], more: Options = {}) {
  return defineConfig((command) => ({
    entry: Object.fromEntries(entry.map((file) => [file.replace(/^src\/|\.ts$/g, ""), file])),
    format: ["esm"],
    target: "node20.19",
    platform: "node",
    outDir: "dist",
    splitting: true,
    sourcemap: false,
    silent: true,
    // Old chunks would be packed with the new ones; the types are another task's.
    clean: command.dts === undefined ? ["!**/*.d.ts"] : false,
    esbuildOptions(options) {
      options.conditions = ["node", "import", "default"];
    },
    ...more,
    ...(command.dts === undefined ? {} : { dts: command.dts }),
  }));
}
