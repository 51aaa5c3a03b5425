// `npm run resumes`: a collector is killed again and again while people listen to its events; in the end everybody must know what
// the ledger and the timeline know.
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { killMarked } from "./faults/processes.mjs";
import { seededRandom } from "./faults/random.mjs";
import { judge, readTruth } from "./resumes/judge.mjs";
import { audience } from "./resumes/audience.mjs";
import { beginWorld } from "./resumes/world.mjs";

const HELP = `npm run resumes -- [--rounds N] [--seed S] [--json]

A real collector with agents that work in bursts, so that segments open, go on, close and are revised all the time. People listen
to its events over TCP and over the socket: some stay, some hang up without a word, some read nothing for a while, some never
read. In each round it is killed, or now and then stopped, and started again; everybody resumes with the highest "seq" they saw.
Says whether each of them knows every record once and in order, and every segment as the timeline has it. One that does not resume
is there to show that there was something to miss. Exit code 1 if something was not kept.

  --rounds N  how often it goes (default 20); a round takes about three seconds
  --seed S    which moments and manners (default: a new one, printed)
  --json      one document on stdout
  --keep      keep the folder with the data, even if all went well`;

/** Longer than it takes to end every segment, tell everybody, and wake those who dawdle. */
const SETTLED_MS = 30_000;

const options = /** @type {const} */ ({
  rounds: { type: "string", default: "20" },
  seed: { type: "string" },
  json: { type: "boolean" },
  keep: { type: "boolean" },
  help: { type: "boolean" },
});
const { values } = parseArgs({ options });
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
if (!existsSync("/proc/self/environ")) {
  console.error("what is left of a round is looked up in /proc, which this system has not; it runs on Linux");
  process.exit(1);
}
const rounds = Number(values.rounds);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const say = (/** @type {string} */ text) => (values.json ? process.stderr : process.stdout).write(`${text}\n`);
const folder = mkdtempSync(join(tmpdir(), "mimolo-resumes-"));
const mark = randomUUID();
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  process.on(signal, () => {
    killMarked(mark);
    process.exit(130);
  });
}

let good = false;
try {
  const summary = await runAll();
  good = summary.good;
  if (values.json) console.log(JSON.stringify(summary));
  else console.log(table(summary));
} catch (error) {
  say(`the suite itself failed: ${error instanceof Error ? error.stack : String(error)}`);
} finally {
  killMarked(mark);
}
if (good && !values.keep) rmSync(folder, { recursive: true, force: true });
else say(`what was written is kept in ${folder}`);
process.exit(good ? 0 : 1);

async function runAll() {
  say(`seed ${seed}`);
  const random = seededRandom(seed);
  const world = await beginWorld(folder, mark);
  const { listeners, forgetful, inTheWay } = audience(world, random);
  const everybody = [...listeners, forgetful, ...inTheWay];
  let corrections = 0;
  let kills = 0;
  const downMs = /** @type {number[]} */ ([]);
  for (let round = 1; round <= rounds; round += 1) {
    await sleep(random.between(300, 2_500));
    // A person's word on a moment that everybody has been told of takes segments apart, or joins them.
    const fromMs = Date.now() - random.between(1_000, 30_000);
    const [from, to] = [fromMs, fromMs + random.between(200, 3_000)].map((ms) => new Date(ms).toISOString());
    const body = { from, to, as: random.pick(["idle", "work"]), note: "a soak" };
    if (random.next() < 0.7) corrections += (await world.ask("POST", "/evidence/correct", body)).status === 201 ? 1 : 0;
    await sleep(random.between(0, 400));
    const how = random.next() < 0.8 ? "kill" : "stop";
    const goneMs = Date.now();
    await world.again(how);
    kills += how === "kill" ? 1 : 0;
    downMs.push(Date.now() - goneMs);
    say(`${String(round).padStart(5)} ${how}, back after ${downMs.at(-1)} ms`);
  }
  world.enough();
  for (const each of everybody) each.calmDown();
  const { truth, faults } = await settled(world, listeners);
  const missed = judge(forgetful, truth);
  for (const each of everybody) each.end();
  const stopped = await world.collector.stop();
  const total = (/** @type {(each: import("./resumes/listener.mjs").Listener) => number} */ of) =>
    everybody.reduce((sum, each) => sum + of(each), 0);
  return {
    good: faults.length === 0 && missed.length > 0 && (stopped.code === 0 || stopped.code === 130),
    seed,
    rounds,
    kills,
    corrections,
    records: truth.records.size,
    segments: truth.segments.size,
    listeners: listeners.length,
    resumes: total(({ seen }) => seen.resumes),
    events: total(({ seen }) => seen.events),
    faults,
    without_resuming: missed,
    closed: Object.fromEntries(everybody.map(({ name, seen }) => [name, seen.closed])),
    ended: stopped,
  };
}

/** What there is to know, and who does not know it, once everybody had the time to hear of it.
 *  @param {import("./resumes/world.mjs").World} world @param {readonly import("./resumes/listener.mjs").Listener[]} listeners */
async function settled(world, listeners) {
  const untilMs = Date.now() + SETTLED_MS;
  for (;;) {
    const truth = await readTruth(world);
    const faults = listeners.flatMap((each) => judge(each, truth));
    if ((truth.open === null && faults.length === 0) || Date.now() > untilMs) return { truth, faults };
    await sleep(500);
  }
}

/** @param {Awaited<ReturnType<typeof runAll>>} summary */
function table(summary) {
  const { kills, rounds: all, records, segments, corrections, listeners, resumes, events, faults } = summary;
  return [
    `collector  killed ${kills} times, stopped ${all - kills} times; ${corrections} corrections`,
    `to know    ${records} records, ${segments} segments`,
    `listeners  ${listeners}, who came ${resumes} times and heard ${events} events`,
    `resuming   ${faults.length === 0 ? "nothing missed, nothing twice, nothing out of order" : ""}`,
    ...faults.map((fault) => `  ${fault}`),
    `without    ${summary.without_resuming[0] ?? "NOTHING WAS MISSED, so this proves nothing"}`,
  ].join("\n");
}
