// `npm run faults`: hostile agents beside well-behaved ones under the real collector, and a count of what that cost the latter.
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { kinds } from "./faults/catalogue.mjs";
import { describe, planRounds } from "./faults/plan.mjs";
import { killMarked } from "./faults/processes.mjs";
import { isGood, progress, sumUp, table } from "./faults/report.mjs";
import { runSuite } from "./faults/suite.mjs";

const HELP = `npm run faults -- [--rounds N] [--seed S] [--json]

Runs the real collector with well-behaved agents (the neighbours) and hostile ones (the victims). Each round one victim
misbehaves in one way, drawn from the seed: the same seed gives the same faults. Says whether a neighbour's heartbeat was
late, whether it was restarted, degraded, throttled or lost a summary, and what was left behind. Exit code 1 if so.

  --rounds N      how many (default 20); a round takes one to two seconds
  --seed S        which (default: a new one, printed)
  --only-round K  only round K of that seed
  --only KIND     only faults of this kind: ${kinds.join(" ").replace(/(.{1,78})(\s|$)/g, "\n                  $1")}
  --json          one document on stdout
  --keep          keep the folder with the data, even if all went well

  npm run faults -- --rounds 100
  npm run faults -- --rounds 100 --seed 7 --only-round 31
  npm run faults -- --only ignores-ladder --rounds 5`;

const whole = (/** @type {string | undefined} */ text, /** @type {string} */ name) => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= (name === "--seed" ? 0 : 1)) return value;
  return usage(`${name} takes a whole number, not "${text}"`);
};

const { values } = readArguments();
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
if (!existsSync("/proc/self/environ"))
  usage("the fault suite reads /proc, which this system has not; it runs on Linux", 1);
if (values.only !== undefined && !kinds.includes(values.only))
  usage(`there is no fault "${values.only}"; there are: ${kinds.join(", ")}`);

const seed = whole(values.seed, "--seed") ?? Math.floor(Math.random() * 1_000_000);
const wish = {
  rounds: whole(values.rounds, "--rounds") ?? 20,
  seed,
  onlyRound: whole(values["only-round"], "--only-round"),
  onlyKind: values.only,
};
const rounds = planRounds(wish);
const say = (/** @type {string} */ text) => (values.json ? process.stderr : process.stdout).write(`${text}\n`);
const folder = mkdtempSync(join(tmpdir(), "mimolo-faults-"));
const mark = randomUUID();
const interrupt = new AbortController();
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, interrupted);

say(`seed ${seed}, ${rounds.length} rounds, in ${folder}`);
let good = false;
try {
  const outcome = await runSuite({
    rounds,
    folder,
    mark,
    signal: interrupt.signal,
    began: () => undefined,
    judged: (round, verdict, rssMib) =>
      say(
        progress(round === null ? "  end" : `${String(round.round).padStart(5)} ${describe(round)}`, verdict, rssMib),
      ),
  });
  const summary = sumUp(outcome, seed);
  good = isGood(summary);
  if (values.json) console.log(JSON.stringify(summary));
  else say(table(summary));
} catch (error) {
  if (!interrupt.signal.aborted)
    say(`the suite itself failed: ${error instanceof Error ? error.stack : String(error)}`);
}
if (good && !values.keep) rmSync(folder, { recursive: true, force: true });
else say(`what was written is kept in ${folder}`);
process.exit(good ? 0 : 1);

/** Ctrl-C: nothing of this run stays. */
function interrupted() {
  interrupt.abort();
  killMarked(mark);
  setTimeout(() => {
    killMarked(mark);
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  }, 600);
}

function readArguments() {
  const text = /** @type {const} */ ({ type: "string" });
  const flag = /** @type {const} */ ({ type: "boolean" });
  const options = { rounds: text, seed: text, "only-round": text, only: text, json: flag, keep: flag, help: flag };
  try {
    return parseArgs({ options });
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
}

/** @param {string} message @param {number} [code] @returns {never} */
function usage(message, code = 2) {
  console.error(`${message}\nnpm run faults -- --help says more.`);
  process.exit(code);
}
