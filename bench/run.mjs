// `npm run bench -- [--only NAME] [--quick] [--json]`: the figures of `mimolo bench`, then every benchmark of this folder.
// Figures are ratios over a baseline measured in the same run; absolute times of a shared machine say little.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const folder = import.meta.dirname;
const { values } = parseArgs({
  options: { only: { type: "string" }, quick: { type: "boolean" }, json: { type: "boolean" } },
});
const flags = [...(values.quick ? ["--quick"] : []), ...(values.json ? ["--json"] : [])];
/** What shows that promises hold, by words of their own: `npm run faults`, `reloads`, `resumes`. */
const others = ["run.mjs", "faults.mjs", "reloads.mjs", "resumes.mjs"];
const own = readdirSync(folder).filter((file) => file.endsWith(".mjs") && !others.includes(file));
const named = own.find((file) => file === `${values.only}.mjs`);
const verb = [join(folder, "../packages/control-cli/bin/mimolo.js"), "bench", ...flags];

let failed = 0;
if (named !== undefined) run(named, [join(folder, named), ...flags]);
else if (values.only !== undefined) run(values.only, [...verb, "--only", values.only]);
else {
  run("mimolo bench", verb);
  for (const file of own) run(file, [join(folder, file), ...flags]);
}
if (failed === 2) console.error(`  Or one of bench/: ${own.map((file) => file.slice(0, -".mjs".length)).join(", ")}.`);
process.exit(failed);

function run(title, command) {
  if (!values.json) console.log(`\n${title}`);
  const { status } = spawnSync(process.execPath, command, { stdio: "inherit" });
  if (status !== 0) failed = status ?? 1;
}
