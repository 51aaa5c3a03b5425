import { defineConfig, type Options } from "tsup";
import { library } from "../../tsup.base.ts";

const AGENTS = [
  "folder-activity",
  "git-activity",
  "system-load",
  "active-window",
  "idle",
  "screen-tracker",
  "http-request",
  "notify",
  "schedule",
  "midi",
  "command",
];

/** Each agent is one file: one digest covers all of it. It is CommonJS, because Node then starts without its loader of modules:
 *  4 ms, half of what an agent costs over an empty process. Only what runs the regular expressions of privacy
 *  rules is the package's dependency, as it is the collector's, and loaded where there are some: it is larger than an agent. */
const executables: Options = {
  entry: Object.fromEntries(AGENTS.map((name) => [`${name}/main`, `src/${name}/main.ts`])),
  format: ["cjs"],
  target: "node20.19",
  platform: "node",
  outDir: "dist",
  splitting: false,
  noExternal: [/^(?!re2js$)/],
  external: ["re2js"],
  minifySyntax: true,
  // Names stay: an error that is told carries them.
  minifyWhitespace: true,
  silent: true,
  clean: false,
  dts: false,
};

// Two builds share the folder: neither may clean it, so neither may leave chunks.
const modules = library(["src/index.ts", "src/git-history/index.ts"], { clean: false, splitting: false });

export default defineConfig(async (command) => {
  const packages = typeof modules === "function" ? await modules(command) : modules;
  // `tsup --dts-only` writes declarations, and the executables have none.
  return command.dts === undefined ? [packages, executables].flat() : packages;
});
