import { defineConfig, type Options } from "tsup";
import { library } from "../../tsup.base.ts";

/** Processes that `mimolo bench` measures in. */
const MEASURED = ["collector", "history", "invoke", "listeners", "plain-reader", "spawn-loops", "start-api"].map(
  (name) => `src/bench/children/${name}.ts`,
);

/** The plugins it measures: each one CommonJS file with all it needs, as plugins are shipped. */
const agent: Options = {
  entry: {
    "bench/children/sdk-agent": "src/bench/children/sdk-agent.ts",
    "bench/children/empty-action": "src/bench/children/empty-action.ts",
  },
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

/** Judges a record in a thread. */
const JUDGE = "src/conform/judge-record.ts";

const command = library(["src/main.ts"]);
// Two builds share the folder: neither may take away what the other has just made.
const build = library(["src/main.ts", JUDGE, ...MEASURED], { clean: ["!**/*.d.ts", "!bench/children/*.cjs"] });

export default defineConfig(async (how) => {
  // `tsup --dts-only` writes declarations; only the command has any.
  const wanted = how.dts === undefined ? build : command;
  const modules = typeof wanted === "function" ? await wanted(how) : wanted;
  return how.dts === undefined ? [modules, agent].flat() : modules;
});
