// `npm run bench -- [--only FILE] [--quick] [--json]`: every benchmark of this folder, one after the other.
// Figures are ratios over a baseline measured in the same run; absolute times of a shared machine say little.
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const folder = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: { only: { type: "string" }, quick: { type: "boolean" }, json: { type: "boolean" } },
});
const own = readdirSync(folder).filter((file) => file.endsWith(".mjs") && !["run.mjs", "faults.mjs"].includes(file));
const benchmarks = new Map([
  ...own.map((file) => [file.slice(0, -".mjs".length), { file: join(folder, file), args: flags() }]),
  ["spawn", { file: join(folder, "../packages/supervisor/bench/spawn.mjs"), args: values.quick ? ["100", "3"] : [] }],
]);
if (values.only !== undefined && !benchmarks.has(values.only)) {
  console.error(`there is no benchmark "${values.only}"; there are: ${[...benchmarks.keys()].join(", ")}`);
  process.exit(2);
}

let failed = 0;
for (const [name, { file, args }] of benchmarks) {
  if (values.only !== undefined && values.only !== name) continue;
  if (!values.json) console.log(`\n${name}`);
  if (spawnSync(process.execPath, [file, ...args], { stdio: "inherit" }).status !== 0) failed = 1;
}
process.exit(failed);

function flags() {
  return [...(values.quick ? ["--quick"] : []), ...(values.json ? ["--json"] : [])];
}
