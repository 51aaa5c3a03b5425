// `npm run faults`: hostile agents beside well-behaved ones, then durable agents whose collector, files, disk and clock fail;
// and a count of what that cost.
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { kinds } from "./faults/catalogue.mjs";
import { breaks } from "./faults/durable/account.mjs";
import { durableKinds } from "./faults/durable/catalogue.mjs";
import { durableProgress, runDurable } from "./faults/durable/suite.mjs";
import { describe, isDurable, planProof, planRounds } from "./faults/plan.mjs";
import { killMarked } from "./faults/processes.mjs";
import { isGood, progress, sumUp, table } from "./faults/report.mjs";
import { runSuite } from "./faults/suite.mjs";

const folded = (/** @type {readonly string[]} */ words) =>
  words.join(" ").replace(/(.{1,78})(\s|$)/g, "\n                  $1");

const HELP = `npm run faults -- [--rounds N] [--seed S] [--json]

Each round does one fault, drawn from the seed: the same seed gives the same faults. First those of the first half: the real
collector with well-behaved agents (the neighbours) and hostile ones; says whether a neighbour's heartbeat was late, whether it
was restarted, degraded, throttled or lost a summary, and what was left behind. Then those of the second: durable agents under
load while processes are killed, files torn, disks full or failing, clocks set, spools and data directories replaced; says
whether everything they sent is in the ledger once, and whether the chain is intact. Exit code 1 if something was not kept.

  --rounds N      how many (default 20); a round takes one to four seconds
  --seed S        which (default: a new one, printed)
  --only-round K  only round K of that seed
  --only KIND     only faults of this kind. First half:${folded(kinds)}
                  Second half:${folded(durableKinds)}
  --half H        only the "first" or the "second" half
  --prove         one round of each kind of the second half (or --rounds N), with a promise broken on purpose in each:
                  ${breaks.join(", ")}; exit code 1 if one of them is not noticed
  --json          one document on stdout
  --keep          keep the folder with the data, even if all went well

  npm run faults -- --rounds 200
  npm run faults -- --rounds 200 --seed 7 --only-round 31
  npm run faults -- --only torn-day --rounds 5`;

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
oneOf("--only", values.only, [...kinds, ...durableKinds]);
oneOf("--half", values.half, ["first", "second"]);

const seed = whole(values.seed, "--seed") ?? Math.floor(Math.random() * 1_000_000);
const wish = {
  rounds: whole(values.rounds, "--rounds") ?? 20,
  seed,
  onlyRound: whole(values["only-round"], "--only-round"),
  onlyKind: values.only,
  half: values.half,
};
const proof = { ...wish, rounds: whole(values.rounds, "--rounds") ?? durableKinds.length };
const rounds = values.prove ? planProof(proof, breaks) : planRounds(wish);
const say = (/** @type {string} */ text) => (values.json ? process.stderr : process.stdout).write(`${text}\n`);
const folder = mkdtempSync(join(tmpdir(), "mimolo-faults-"));
const mark = randomUUID();
const interrupt = new AbortController();
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, interrupted);

say(`seed ${seed}, ${rounds.length} rounds, in ${folder}`);
let good = false;
try {
  const first = rounds.filter(({ fault }) => !isDurable(fault));
  const second = rounds.filter(({ fault }) => isDurable(fault));
  const named = (/** @type {import("./faults/plan.mjs").Round} */ round) =>
    `${String(round.round).padStart(5)} ${describe(round)}`;
  const common = { folder, mark, signal: interrupt.signal };
  const hostile =
    first.length === 0
      ? null
      : await runSuite({
          ...common,
          rounds: first,
          began: () => undefined,
          judged: (round, verdict, rssMib) => say(progress(round === null ? "  end" : named(round), verdict, rssMib)),
        });
  if (first.length > 0 && second.length > 0) say("  durable agents:");
  const durable =
    second.length === 0
      ? null
      : await runDurable({
          ...common,
          rounds: second,
          say,
          judged: (report) => say(durableProgress(named(report.round), report)),
        });
  if (interrupt.signal.aborted) throw new Error("interrupted");
  const summary = sumUp({ hostile, durable }, seed);
  good = values.prove ? summary.unnoticed.length === 0 : isGood(summary);
  if (values.json) console.log(JSON.stringify(summary));
  else say(table(summary));
} catch (error) {
  if (!interrupt.signal.aborted)
    say(`the suite itself failed: ${error instanceof Error ? error.stack : String(error)}`);
}
// Whoever interrupted it ends it, too, once nothing of it is left.
if (interrupt.signal.aborted) await new Promise(() => undefined);
if (good && !values.keep) rmSync(folder, { recursive: true, force: true });
else say(`what was written is kept in ${folder}`);
process.exit(good ? 0 : 1);

/** Ctrl-C: nothing of this run stays. */
function interrupted() {
  interrupt.abort();
  killMarked(mark);
  setTimeout(() => {
    killMarked(mark);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    process.exit(130);
  }, 600);
}

function readArguments() {
  const text = /** @type {const} */ ({ type: "string" });
  const flag = /** @type {const} */ ({ type: "boolean" });
  const words = { rounds: text, seed: text, "only-round": text, only: text, half: text };
  const options = { ...words, prove: flag, json: flag, keep: flag, help: flag };
  try {
    return parseArgs({ options });
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
}

/** @param {string} name @param {string | undefined} value @param {readonly string[]} known */
function oneOf(name, value, known) {
  if (value !== undefined && !known.includes(value)) usage(`${name} ${value}: there are ${known.join(", ")}`);
}

/** @param {string} message @param {number} [code] @returns {never} */
function usage(message, code = 2) {
  console.error(`${message}\nnpm run faults -- --help says more.`);
  process.exit(code);
}
