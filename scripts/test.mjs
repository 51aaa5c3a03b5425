// `npm test`: sets up, then every tier, each with its time. What this machine lacks is counted aloud, nothing else is skipped.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canInstallBrowser, findBrowser, installBrowser } from "./browser.mjs";
import { checkExamples } from "./test-examples.mjs";
import { checkPacked } from "./test-packed.mjs";
import { pnpm } from "./pnpm.mjs";
import { setup } from "./setup.mjs";
import { step, together } from "./step.mjs";

await setup();
const scratch = mkdtempSync(join(tmpdir(), "mimolo-test-"));
const needsLog = join(scratch, "needs.log");
const COVERAGE = "--coverage";
const only = process.argv.slice(2).filter((arg) => arg !== COVERAGE);
/** To measure it costs the unit tests a fifth of their time. */
const coverage = process.argv.includes(COVERAGE) ? [COVERAGE] : [];
const totals = { passed: 0, failed: 0 };

/** What would judge its neighbours, were it not alone. */
const timed = [
  ...["deaf-agents", "endings", "hostile-output", "metering", "rates"].map((name) => ["supervisor", name]),
  ...["held-up", "self-tuning"].map((name) => ["agent-sdk", name]),
  ...["budgets", "hostile-agents", "throttled-agent"].map((name) => ["operations", name]),
  ["control-cli", "bench"],
  ["trust", "hostile-memory"],
];

/** One vitest run; its JSON report gives the numbers, its own output is shown when something fails. */
function vitest(name, args) {
  const report = join(scratch, `${name}.json`);
  return async () => {
    const result = await pnpm(
      ["exec", "vitest", "run", "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`, ...args],
      { quiet: true, env: { MIMOLO_NEEDS_LOG: needsLog, NO_COLOR: "1" } },
    );
    if (existsSync(report)) {
      const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8"));
      totals.passed += numPassedTests;
      totals.failed += numFailedTests;
    }
    return result;
  };
}

const unit = only.length === 0 ? await everything() : "";
// `npm test -- packages/trust` and the like: what somebody who works on it wants to see now.
if (only.length > 0) await step("chosen tests", vitest("chosen", [...only, ...coverage]));

async function everything() {
  if (findBrowser() === null && canInstallBrowser()) await step("a browser for the tests of the page", installBrowser);
  // One module graph for a worker's files: to read it anew for each takes longer than the tests do.
  const inOne = ["--exclude", "**/test/process/**", "--no-isolate", ...coverage, "--maxWorkers=2"];
  const printed = await step("unit tests", vitest("unit", inOne));
  // Whole processes mostly wait: three files at a time, but for those that judge how quick or how thrifty something is.
  const except = timed.flatMap(([, name]) => ["--exclude", `**/process/${name}.test.ts`]);
  await step("process tests", vitest("process", ["test/process", "--maxWorkers=3", ...except]));
  const alone = timed.map(([where, name]) => `packages/${where}/test/process/${name}.test.ts`);
  await step("process tests that judge time", vitest("timed", [...alone, "--no-file-parallelism"]));
  // Both mostly wait for collectors that run for some seconds.
  await together([
    ["packed and installed elsewhere", () => checkPacked(totals)],
    ["examples", () => checkExamples(totals, needsLog)],
  ]);
  return printed;
}

const covered = unit.match(/^(Statements|Branches|Functions|Lines).*$/gm) ?? [];
if (covered.length > 0) console.log(`\ncoverage of the unit tests\n  ${covered.join("\n  ")}`);
const lacking = existsSync(needsLog)
  ? [...new Set(readFileSync(needsLog, "utf8").trim().split("\n"))].filter(Boolean)
  : [];
console.log(
  lacking.length === 0
    ? "\nnothing was left out on this machine"
    : `\nnot run here, for want of: ${lacking.join(", ")}`,
);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
rmSync(scratch, { recursive: true, force: true });
process.exit(totals.failed === 0 ? 0 : 1);
