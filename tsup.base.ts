import { defineConfig, type Options } from "tsup";

/** V8 keeps a module's source for as long as it may compile more of it: two bytes for each character once one of them is beyond
 *  Latin-1, be it in a comment. esbuild escapes them in the code, not in the comments it keeps. */
export function inOneByte(code: string): string {
  return code.replace(/[^\0-\xFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

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
    plugins: [{ name: "one-byte", renderChunk: (code) => ({ code: inOneByte(code) }) }],
    // Old chunks would be packed with the new ones; the types are another task's.
    clean: command.dts === undefined ? ["!**/*.d.ts"] : false,
    esbuildOptions(options) {
      options.conditions = ["node", "import", "default"];
    },
    ...more,
    ...(command.dts === undefined ? {} : { dts: command.dts }),
  }));
}
