// `npm run conforms`: the conformance kit must come to the same verdict again and again, whatever else the machine does.
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkConformance } from "../packages/agent-sdk/dist/testing/index.js";

const HELP = `npm run conforms -- [--rounds N] [-- COMMAND…]

Runs the conformance kit N times while twice as many processes as there are processors do nothing but compute. Says how long
each run took; exit code 1 if two of them differ in any rule, or one took more than a minute.

  --rounds N  how often each agent is checked (default 20)
  COMMAND…    the agent (default: one that breaks none, and one that breaks rules)`;

const LIMIT_MS = 60_000;
const root = fileURLToPath(new URL("..", import.meta.url));

const { values, positionals } = parseArgs({
  options: { rounds: { type: "string", default: "20" }, help: { type: "boolean" } },
  allowPositionals: true,
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const given = /** @type {[string, ...string[]][]} */ (positionals.length === 0 ? [] : [positionals]);
const agents =
  given.length > 0
    ? given
    : /** @type {[string, ...string[]][]} */ ([
        [process.execPath, "packages/agent-sdk/test/conformance/broken/whole.mjs"],
        [process.execPath, "bench/conform/breaks-rules.mjs"],
      ]);

const burners = Array.from({ length: 2 * availableParallelism() }, () =>
  spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }),
);
process.once("exit", () => burners.forEach((burner) => burner.kill("SIGKILL")));
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.once(signal, () => process.exit(130));

for (const command of agents) {
  /** @type {string | null} */
  let first = null;
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    const report = await checkConformance(command, { cwd: root });
    const verdict = report.rules.map(({ id, ok }) => `${id} ${ok}`).join("\n");
    const broken = report.rules.filter(({ ok }) => ok === false).map(({ id }) => id);
    const seconds = (report.took_ms / 1000).toFixed(1);
    console.log(`${command.join(" ")}  round ${round}: ${seconds} s, broken: ${broken.join(" ") || "none"}`);
    if (report.took_ms > LIMIT_MS) fail(`it took ${seconds} s, more than ${LIMIT_MS / 1000}`);
    if (first !== null && first !== verdict) {
      const before = new Set(first.split("\n"));
      const changed = report.rules.filter(({ id, ok }) => !before.has(`${id} ${ok}`));
      fail(`it is not what round 1 said: ${changed.map(({ id, ok, seen }) => `${id} is ${ok} (${seen})`).join("; ")}`);
    }
    first ??= verdict;
  }
}
// The children that burn would keep this process.
process.exit();

/** @param {string} why */
function fail(why) {
  console.error(why);
  process.exit(1);
}
