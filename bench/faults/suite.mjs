// One collector, its neighbours and its victims through all rounds; then what is left of it, and of its promises.
import { setTimeout as sleep } from "node:timers/promises";
import { startCollector, verb } from "./collector.mjs";
import { countEvidence, verifyEvidence } from "./count.mjs";
import { inflict, isWell } from "./inflict.mjs";
import { judge } from "./judge.mjs";
import { leftoverSearch } from "./leftovers.mjs";
import { HEARTBEAT_MS, neighbours, victims, writeConfig } from "./neighbours.mjs";
import { killMarked, memoryOf } from "./processes.mjs";
import { watchScheduling } from "./scheduling-lag.mjs";
import { watchCollector } from "./watch.mjs";

const START_MS = 30_000;
const GUARDIAN_MS = 1_500;
/** Errors are remembered for a minute. */
const RECOVERY_MS = 75_000;

/**
 * @typedef {import("./judge.mjs").Verdict & {round: number | null, label: string, findings: import("./inflict.mjs").Findings}} RoundReport
 * @param {object} options
 * @param {import("./plan.mjs").Round[]} options.rounds
 * @param {string} options.folder @param {string} options.mark
 * @param {(round: import("./plan.mjs").Round, victim: string) => void} options.began
 * @param {(round: import("./plan.mjs").Round | null, verdict: import("./judge.mjs").Verdict, rssMib: number) => void} options.judged
 * @param {AbortSignal} options.signal
 */
export async function runSuite({ rounds, folder, mark, began, judged, signal }) {
  const well = neighbours(folder);
  const hostile = victims(folder);
  const labels = well.map(({ label }) => label);
  const config = writeConfig(folder, mark, [...well, ...hostile]);
  const control = watchScheduling();
  const collector = await startCollector({ folder, mark, config });
  signal.addEventListener("abort", collector.kill);
  const watch = watchCollector(collector, labels);
  const stage = { folder, collector, watch, control };
  const leftovers = leftoverSearch(mark);
  const verdicts =
    /** @type {{round: import("./plan.mjs").Round | null, verdict: import("./judge.mjs").Verdict, fromMs: number, toMs: number}[]} */ ([]);
  const problems = /** @type {string[]} */ ([]);
  const tookMs = /** @type {Record<string, number>} */ ({});
  const undergo = async (/** @type {import("./plan.mjs").Round} */ round, /** @type {string} */ victim) => {
    try {
      const findings = await inflict(round, victim, stage);
      problems.push(...findings.problems.map((problem) => `round ${round.round}: ${problem}`));
      for (const [what, ms] of Object.entries(findings.tookMs)) tookMs[what] = Math.max(tookMs[what] ?? 0, ms);
    } catch (error) {
      problems.push(`round ${round.round}: ${victim}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  try {
    for (const { label } of [...well, ...hostile]) {
      const isUp = (/** @type {any} */ agent) => agent.state === "running" && agent.last_heartbeat_at !== null;
      if ((await watch.until(label, isUp, START_MS)) === null) throw new Error(`${label} did not start; see ${folder}`);
    }
    const rssStartMib = memoryOf(collector.pid).rssMib;
    const free = hostile.map(({ label }) => label);
    const busy = /** @type {Map<string, {round: import("./plan.mjs").Round, done: Promise<void>}>} */ (new Map());
    let fromMs = Date.now();
    const conclude = (/** @type {import("./plan.mjs").Round | null} */ round) => {
      const toMs = Date.now();
      const verdict = judge(labels, stage, fromMs, toMs);
      verdicts.push({ round, verdict, fromMs, toMs });
      leftovers.look([...watch.seen.agents.values()]);
      judged(round, verdict, watch.seen.rssMib);
      fromMs = toMs;
    };
    for (const round of rounds) {
      const isFit = (/** @type {string} */ label) => round.fault.outcome !== "found-hung" || isWell(watch.agent(label));
      const mustWait = () =>
        !free.some(isFit) ||
        [...busy.values()].some(
          ({ round: other }) => other.fault.burns !== undefined && other.fault.burns === round.fault.burns,
        );
      while (mustWait() && !signal.aborted)
        await Promise.race([sleep(200), ...[...busy.values()].map(({ done }) => done)]);
      const victim = free.splice(free.findIndex(isFit), 1)[0];
      if (signal.aborted || victim === undefined || !collector.isAlive()) break;
      began(round, victim);
      const done = undergo(round, victim).finally(() => {
        busy.delete(victim);
        free.push(victim);
      });
      busy.set(victim, { round, done });
      await sleep(round.lastsMs);
      conclude(round);
    }
    await Promise.all([...busy.values()].map(({ done }) => done));
    for (const { label } of hostile) {
      const recoveredMs = await watch.until(label, isWell, RECOVERY_MS);
      if (recoveredMs === null)
        problems.push(`${label} was not well again after ${RECOVERY_MS / 1000} s of good conduct`);
      else tookMs["all were well"] = Math.max(tookMs["all were well"] ?? 0, recoveredMs);
    }
    await sleep(2 * HEARTBEAT_MS);
    conclude(null);
    if (!collector.isAlive()) problems.push("the collector died");
    const asked = await verb(folder, ["status"], () => undefined);
    if (asked !== 0) problems.push(`mimolo status ended with ${asked}`);
    const rssEndMib = memoryOf(collector.pid).rssMib;
    await watch.end();
    const ended = await collector.stop();
    if (ended.code !== 130 && ended.code !== 0) problems.push(`the collector ended with ${ended.code ?? ended.signal}`);
    await sleep(GUARDIAN_MS);
    leftovers.lookAfterStop(collector.guardians);
    if (signal.aborted) throw new Error("interrupted");
    const evidence = await countEvidence(folder, labels);
    const verified = await verifyEvidence(folder);
    if (!verified.ok) problems.push(`mimolo verify: ${JSON.stringify(verified.fault)}`);
    const { rssMaxMib, slowestAnswerMs, failures } = watch.seen;
    if (failures > 0) problems.push(`the collector did not answer ${failures} times`);
    const memory = { rssStartMib, rssMaxMib, rssEndMib };
    return {
      verdicts,
      problems,
      tookMs,
      evidence,
      orphans: [...leftovers.orphans.values()],
      memory,
      slowestAnswerMs,
      ended,
      verified,
    };
  } finally {
    control.end();
    await watch.end();
    collector.kill();
    killMarked(mark);
  }
}

/** @typedef {Awaited<ReturnType<typeof runSuite>>} Outcome */
