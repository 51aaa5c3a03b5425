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

/** What judges how quick something is: each alone. */
const quick = [
  ...["deaf-agents", "deaths", "endings", "hostile-output", "metering", "rates"].map((name) => ["supervisor", name]),
  ["agent-sdk", "held-up"],
  ["operations", "hostile-agents"],
  ["control-cli", "bench"],
  ["trust", "hostile-memory"],
];
/** What judges how much of a core something takes: each mostly waits until that is known, and leaves the others their share. */
const thrifty = [
  ["agent-sdk", "self-tuning"],
  ["operations", "budgets"],
  ["operations", "throttled-agent"],
];
const filesOf = (files) => files.map(([where, name]) => `packages/${where}/test/process/${name}.test.ts`);

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
  // One module graph for a worker's files: to read it anew for each takes longer than most tests do.
  const inOne = "--no-isolate";
  const printed = await step(
    "unit tests",
    vitest("unit", ["--exclude", "**/test/process/**", inOne, ...coverage, "--maxWorkers=2"]),
  );
  // Whole processes mostly wait: three files at a time, but for those that judge how quick or how thrifty something is. What takes
  // long because the others take their turns is no failure.
  const unhurried = [inOne, "--testTimeout=60000"];
  const except = [...quick, ...thrifty].flatMap(([, name]) => ["--exclude", `**/process/${name}.test.ts`]);
  await step("process tests", vitest("process", ["test/process", "--maxWorkers=3", ...unhurried, ...except]));
  await step("process tests that judge thrift", vitest("thrifty", [...filesOf(thrifty), "--maxWorkers=3"]));
  await step("process tests that judge time", vitest("quick", [...filesOf(quick), "--no-file-parallelism"]));
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
