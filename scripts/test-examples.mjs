// Every example asserts its own result: `check.mjs` in its folder exits 0 or says what is wrong.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./pnpm.mjs";
import { NOT_RUN } from "./tools.mjs";

/** How many run side by side: mostly they wait for a collector. */
const LANES = 2;

/** Runs all checks. What an example lacks goes to the file `needsLog`; one that lacks a toolchain is neither passed nor failed. */
export async function checkExamples(totals, needsLog) {
  const names = readdirSync(join(root, "examples")).toSorted();
  const waiting = names.filter((name) => existsSync(join(root, "examples", name, "check.mjs")));
  const results = new Map(waiting.map((name) => [name, { code: 1, output: "" }]));
  const lane = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const folder = join(root, "examples", name);
      const env = { MIMOLO_NEEDS_LOG: needsLog };
      results.set(name, await run(process.execPath, [join(folder, "check.mjs")], { quiet: true, cwd: folder, env }));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const ran = [...results.values()].filter(({ code }) => code !== NOT_RUN);
  const failed = ran.filter(({ code }) => code !== 0).length;
  totals.passed += ran.length - failed;
  totals.failed += failed;
  const output = [...results].map(([name, each]) => `examples/${name}: exit ${each.code}\n${each.output}\n`).join("");
  return { code: failed === 0 ? 0 : 1, output };
}
