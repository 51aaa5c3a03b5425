// `npm run reloads`: plugins that emit a hundred summaries a second are reloaded, edited and upgraded again and again, to versions
// that do not come up too; and a count of what that cost.
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { countEvidence, verifyEvidence } from "./faults/count.mjs";
import { judge } from "./faults/judge.mjs";
import { killMarked } from "./faults/processes.mjs";
import { watchScheduling } from "./faults/scheduling-lag.mjs";
import { watchCollector } from "./faults/watch.mjs";
import { countSummaries } from "./reloads/account.mjs";
import { packAll, planRounds, playRounds } from "./reloads/rounds.mjs";
import { beginWorld, subjects } from "./reloads/world.mjs";

const HELP = `npm run reloads -- [--rounds N] [--broken K] [--rate R] [--json]

A real collector with three plugins under load: a durable one that knows lifecycle, a plain one, both in a folder where somebody
writes them, and a durable one that is installed. Each is reloaded N times while it works, K times to a version that does not come
up. Says whether every summary they promised is in the ledger once, whether each broken version was rolled back, and whether the
agents beside them noticed. Exit code 1 if something was not kept.

  --rounds N  reloads of each plugin (default 50)
  --broken K  how many of them to a broken version (default a tenth)
  --rate R    summaries a second of each (default 100)
  --json      one document on stdout
  --keep      keep the folder with the data, even if all went well`;

const options = /** @type {const} */ ({
  rounds: { type: "string", default: "50" },
  broken: { type: "string" },
  rate: { type: "string", default: "100" },
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
  console.error("the reload suite reads /proc, which this system has not; it runs on Linux");
  process.exit(1);
}
const rounds = Number(values.rounds);
const broken = Number(values.broken ?? Math.max(1, Math.round(rounds / 10)));
const say = (/** @type {string} */ text) => (values.json ? process.stderr : process.stdout).write(`${text}\n`);
const folder = mkdtempSync(join(tmpdir(), "mimolo-reloads-"));
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
  const world = await beginWorld(folder, mark, Number(values.rate));
  const control = watchScheduling();
  const watch = watchCollector(world.collector, world.neighbours);
  await Promise.all([...subjects, ...world.neighbours].map((label) => watch.until(label, isRunning, 30_000)));
  const plan = planRounds(subjects, rounds, broken);
  const packages = await packAll(world, plan);
  const before = sum(subjects.map(world.promised));
  const fromMs = Date.now();
  const stage = { folder, watch, control };
  const disturbed = /** @type {string[]} */ ([]);
  let inconclusive = 0;
  const played = /** @type {import("./reloads/rounds.mjs").Played[]} */ ([]);
  await playRounds(world, plan, packages, (each) => {
    played.push(each);
    const endMs = Date.now();
    const verdict = judge(world.neighbours, stage, endMs - each.tookMs, endMs);
    disturbed.push(...verdict.disturbed.map(({ neighbour, what }) => `${neighbour}: ${what}`));
    inconclusive += verdict.inconclusive.length;
    const told = each.ok ? "" : `  NOT AS IT SHOULD: ${each.told}`;
    const what = `${each.what}${each.broken === "" ? "" : `, broken ${each.broken}`}`;
    say(`${String(played.length).padStart(5)} ${each.subject.padEnd(8)} ${what.padEnd(28)} ${each.tookMs} ms${told}`);
  });
  const during = sum(subjects.map(world.promised)) - before;
  const workedMs = Date.now() - fromMs;
  world.enough();
  for (let waits = 0; waits < 200 && !subjects.every((subject) => world.isDone(subject)); waits += 1) await sleep(50);
  await watch.end();
  control.end();
  const stopped = await world.collector.stop();
  const accounts = await countSummaries(folder, world.promised);
  const beside = await countEvidence(folder, world.neighbours);
  const verified = await verifyEvidence(folder);
  const rolledBack = played.filter((each) => each.broken !== "" && each.ok).length;
  const failed = played.filter(({ ok }) => !ok).length;
  const took = played.filter((each) => each.broken === "").map(({ tookMs }) => tookMs);
  const lost = sum(accounts.map((each) => each.lost));
  const doubled = sum(accounts.map((each) => each.doubled));
  return {
    good:
      lost + doubled + failed + disturbed.length + beside.lost + beside.doubled === 0 &&
      verified.ok &&
      (stopped.code === 0 || stopped.code === 130),
    rounds,
    broken,
    reloads: played.length,
    rolled_back: rolledBack,
    failed,
    promised: sum(accounts.map((each) => each.promised)),
    found: sum(accounts.map((each) => each.found)),
    lost,
    doubled,
    rate: Math.round(during / (workedMs / 1000) / subjects.length),
    accounts,
    neighbours: { promised: beside.promised, lost: beside.lost, doubled: beside.doubled, disturbed, inconclusive },
    reload_ms: { median: took.toSorted((one, other) => one - other)[took.length >> 1] ?? 0, max: Math.max(...took) },
    intact: verified.ok,
  };
}

/** @param {{state: string}} agent */
function isRunning(agent) {
  return agent.state === "running";
}

/** @param {readonly number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, each) => total + each, 0);
}

/** @param {Awaited<ReturnType<typeof runAll>>} summary */
function table({ accounts, neighbours, ...all }) {
  const lines = accounts.map(
    ({ subject, promised, found, lost, doubled, versions }) =>
      `${subject.padEnd(9)} promised ${promised}, found ${found}, lost ${lost}, doubled ${doubled}, in ${versions} versions`,
  );
  const { median, max } = all.reload_ms;
  return [
    ...lines,
    `reloads   ${all.reloads}, ${all.rolled_back} of them rolled back, ${all.failed} not as they should; ${median} ms each, ${max} at most`,
    `load      ${all.rate} summaries a second of each, while it was reloaded`,
    `beside    promised ${neighbours.promised}, lost ${neighbours.lost}, doubled ${neighbours.doubled}; disturbed: ${neighbours.disturbed.join("; ") || "nobody"}; ${neighbours.inconclusive} times the machine itself was late`,
    `ledger    ${all.intact ? "intact" : "NOT INTACT"}`,
  ].join("\n");
}
