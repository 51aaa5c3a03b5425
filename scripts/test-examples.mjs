// Every example asserts its own result: `check.mjs` in its folder exits 0 or says what is wrong.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./pnpm.mjs";

/** Runs all checks, one after the other. */
export async function checkExamples(totals) {
  let output = "";
  let worst = 0;
  for (const name of readdirSync(join(root, "examples")).toSorted()) {
    const check = join(root, "examples", name, "check.mjs");
    if (!existsSync(check)) continue;
    const result = await run(process.execPath, [check], { quiet: true, cwd: join(root, "examples", name) });
    output += `examples/${name}: exit ${result.code}\n${result.output}\n`;
    totals[result.code === 0 ? "passed" : "failed"]++;
    if (result.code !== 0) worst = 1;
  }
  return { code: worst, output };
}
