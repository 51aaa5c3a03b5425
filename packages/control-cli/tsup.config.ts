import { defineConfig, type Options } from "tsup";
import { library } from "../../tsup.base.ts";

/** Processes that `mimolo bench` measures in. */
const MEASURED = ["collector", "history", "plain-reader", "spawn-loops"].map((name) => `src/bench/children/${name}.ts`);

/** The agent it measures: one CommonJS file with all it needs, as agents are shipped. */
const agent: Options = {
  entry: { "bench/children/sdk-agent": "src/bench/children/sdk-agent.ts" },
  format: ["cjs"],
  target: "node20.19",
  platform: "node",
  outDir: "dist",
  splitting: false,
  noExternal: [/^(?!re2js$)/],
  external: ["re2js"],
  minify: true,
  silent: true,
  clean: false,
  dts: false,
};

const command = library(["src/main.ts"]);
// Two builds share the folder: neither may take away what the other has just made.
const build = library(["src/main.ts", ...MEASURED], { clean: ["!**/*.d.ts", "!bench/children/sdk-agent.cjs"] });

export default defineConfig(async (how) => {
  // `tsup --dts-only` writes declarations; only the command has any.
  const wanted = how.dts === undefined ? build : command;
  const modules = typeof wanted === "function" ? await wanted(how) : wanted;
  return how.dts === undefined ? [modules, agent].flat() : modules;
});
