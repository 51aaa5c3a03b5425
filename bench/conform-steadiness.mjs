// `npm run conforms`: the conformance kit must come to the same verdict again and again, whatever else the machine does.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkConformance } from "../packages/agent-sdk/dist/testing/index.js";

const HELP = `npm run conforms -- [--rounds N] [--burners N] [--at-once N] [-- COMMAND…]

Runs the conformance kit N times with each agent while other processes do nothing but compute. Says how long each run took; exit code 1
if a rule was judged in two ways, or a run took more than a minute.

  --rounds N   how often each agent is checked (default 20)
  --burners N  processes that compute (default: two for each processor)
  --at-once N  agents that are checked side by side, each in its own rounds (default 1)
  COMMAND…     the agent (default: the examples in TypeScript, Python, Go, Rust and shell, built before; one that breaks no rule, and one
               that breaks some)`;

const LIMIT_MS = 60_000;
const root = fileURLToPath(new URL("..", import.meta.url));

const { values, positionals } = parseArgs({
  options: {
    rounds: { type: "string", default: "20" },
    burners: { type: "string", default: String(2 * availableParallelism()) },
    "at-once": { type: "string", default: "1" },
    help: { type: "boolean" },
  },
  allowPositionals: true,
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const built = mkdtempSync(join(tmpdir(), "mimolo-steadiness-"));
process.once("exit", () => rmSync(built, { recursive: true, force: true }));
const agents = positionals.length === 0 ? examples() : [named(positionals.join(" "), positionals)];
const burners = Array.from({ length: Number(values.burners) }, () =>
  spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }),
);
process.once("exit", () => burners.forEach((burner) => burner.kill("SIGKILL")));
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.once(signal, () => process.exit(130));

const waiting = [...agents];
await Promise.all(
  Array.from({ length: Number(values["at-once"]) }, async () => {
    for (let agent = waiting.shift(); agent !== undefined; agent = waiting.shift()) await rounds(agent);
  }),
);
// The children that burn would keep this process.
process.exit();

/** @typedef {{ readonly name: string, readonly command: readonly [string, ...string[]] }} Agent */

/** @param {Agent} agent */
async function rounds({ name, command }) {
  /** @type {Map<string, boolean | null>} */
  const first = new Map();
  let mostMs = 0;
  let differing = 0;
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    const { rules, took_ms: tookMs } = await checkConformance(command, { cwd: root });
    mostMs = Math.max(mostMs, tookMs);
    if (round === 1) for (const { id, ok } of rules) first.set(id, ok);
    const broken = rules.filter(({ ok }) => ok === false).map(({ id }) => id);
    console.log(
      `${name}  round ${round}: ${(tookMs / 1000).toFixed(1)} s, does not hold: ${broken.join(" ") || "none"}`,
    );
    const changed = rules.filter(({ id, ok }) => ok !== first.get(id));
    for (const { id, ok, seen } of changed) console.error(`${name}  ${id} was ${first.get(id)}, is ${ok}: ${seen}`);
    differing += Number(changed.length > 0);
  }
  const most = `${(mostMs / 1000).toFixed(1)} s at most`;
  console.log(`${name}  ${values.rounds} rounds, ${differing} differ from the first, ${most}`);
  if (differing > 0 || mostMs > LIMIT_MS) process.exitCode = 1;
}

/** @returns {readonly Agent[]} */
function examples() {
  const go = join(built, "go-agent");
  const target = join(built, "target");
  const all = [
    named("typescript", [process.execPath, "examples/hello-agent/dist/main.js"]),
    named("python", ["python3", "examples/python-agent/agent.py"]),
    made("go", "examples/go-agent", ["go", "build", "-o", go, "."], [go]),
    made(
      "rust",
      "examples/rust-agent",
      ["cargo", "build", "--release", "--offline", "--target-dir", target],
      [join(target, "release/words-agent")],
    ),
    named("shell", ["sh", "examples/shell-agent/agent.sh"]),
    named("whole", [process.execPath, "packages/agent-sdk/test/conformance/broken/whole.mjs"]),
    named("broken", [process.execPath, "bench/conform/breaks-rules.mjs"]),
  ];
  return all.filter((agent) => agent !== null);
}

/**
 * @param {string} name
 * @param {string[]} command
 * @returns {Agent}
 */
function named(name, command) {
  return { name, command: /** @type {[string, ...string[]]} */ (command) };
}

/**
 * @param {string} name
 * @param {string} folder
 * @param {[string, ...string[]]} build
 * @param {string[]} command
 */
function made(name, folder, [tool, ...words], command) {
  const { status } = spawnSync(tool, words, { cwd: join(root, folder), stdio: ["ignore", "ignore", "inherit"] });
  if (status === 0) return named(name, command);
  console.error(`NOT TRIED: ${name}, for ${tool} is not here or has failed`);
  return null;
}
