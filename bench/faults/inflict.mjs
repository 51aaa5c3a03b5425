// Does one fault to one victim, waits for what must come of it, and leaves the victim well again.
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { HEARTBEAT_MS } from "./neighbours.mjs";

const RETURN_MS = 10_000;
/** Two missed heartbeats, and what looking five times a second adds. */
const NOTICE_MS = 2 * HEARTBEAT_MS + 600;
/** 2 s of silence, 5 s for an answer, then the whole stop ladder (5 + 2 + 2 s), back-off and a start. */
const REPLACE_MS = 30_000;
const QUARANTINE_MS = 45_000;
const BUDGET_MS = 40_000;
const QUEUE_BYTES = 65_536;
/** What a victim has already written is read at its rate; then it is shown as throttled until ten seconds without a pause. */
const RELEASE_MS = 30_000;
/** What the process does not get over by itself, or not soon: a hundred megabytes take a hundred seconds at its rate. */
const SCARRING = ["deaf-stdin", "fork-storm", "huge-line"];

/**
 * @typedef {object} Stage
 * @property {string} folder
 * @property {import("./collector.mjs").Collector} collector
 * @property {import("./watch.mjs").Watch} watch
 * @property {import("./scheduling-lag.mjs").Control} control
 * @typedef {{problems: string[], tookMs: Record<string, number>}} Findings
 */

/** @param {import("./plan.mjs").Round} round @param {string} label @param {Stage} stage @returns {Promise<Findings>} */
export async function inflict(round, label, stage) {
  const { watch, control } = stage;
  const before = watch.agent(label);
  const startedMs = Date.now();
  const findings = /** @type {Findings} */ ({ problems: [], tookMs: {} });
  /** Waits for something that must come; the time the machine itself lost is given on top. */
  const must = async (
    /** @type {string} */ what,
    /** @type {(agent: any) => boolean} */ holds,
    /** @type {number} */ limitMs,
  ) => {
    const tookMs = await watch.until(label, holds, limitMs + 3_000);
    const lagMs = control.worstMs(startedMs, Date.now());
    if (tookMs === null || tookMs > limitMs + lagMs) {
      const { state, health, condition, restarts } = watch.agent(label);
      findings.problems.push(
        `${label} ${what}: not within ${limitMs / 1000} s (lag ${lagMs} ms; now ${state} ${health} ${condition}, ${restarts} restarts)`,
      );
    } else findings.tookMs[what] = Math.max(findings.tookMs[what] ?? 0, tookMs);
    return tookMs;
  };
  await begin(round, label, before, stage);
  await outcomes[round.fault.outcome]({ round, label, before, stage, findings, must });
  await makeWell(round, label, stage, must);
  return findings;
}

/** @typedef {{round: import("./plan.mjs").Round, label: string, before: any, stage: Stage, findings: Findings,
 *    must: (what: string, holds: (agent: any) => boolean, limitMs: number) => Promise<number | null>}} Case */

const isAnother = (/** @type {any} */ before) => (/** @type {any} */ agent) =>
  agent.state === "running" && agent.run_id !== before.run_id;
/** Running and in good health. */
export const isWell = (/** @type {any} */ agent) => agent.state === "running" && agent.health === "ok";
const isHeldBack = (/** @type {any} */ agent) => agent.condition !== "free";

/** @type {Record<import("./catalogue.mjs").Outcome, (each: Case) => Promise<unknown>>} */
const outcomes = {
  returns: ({ before, must }) => must("came back", isAnother(before), RETURN_MS),

  async survives({ round, label, before, stage, findings, must }) {
    await sleep(round.lastsMs);
    const sinceMs = Date.now();
    // What it had already written may have to wait for its rate; then it is held back, and still the same.
    const answers = (/** @type {any} */ agent) => Date.parse(agent.last_heartbeat_at) > sinceMs || isHeldBack(agent);
    await must("was heard again", answers, 5_000);
    const { run_id: runId, counters } = stage.watch.agent(label);
    if (runId !== before.run_id) findings.problems.push(`${label} was restarted for ${round.fault.kind}`);
    if (counters.queued_bytes > QUEUE_BYTES)
      findings.problems.push(`${label}: ${counters.queued_bytes} bytes of commands wait`);
  },

  async "found-hung"({ round, before, must }) {
    await must("was found hung", (agent) => !isWell(agent), NOTICE_MS);
    if (round.params.continued === true) {
      process.kill(before.pid, "SIGCONT");
      await must("was well after SIGCONT", isWell, 2 * HEARTBEAT_MS + 1_000);
    } else if (round.params.signal !== undefined || round.fault.kind === "closed-stdout") {
      await must("was replaced", isAnother(before), REPLACE_MS);
    } else await must("was well again", isWell, REPLACE_MS);
  },

  quarantined: ({ must }) => must("was quarantined", (agent) => agent.state === "quarantined", QUARANTINE_MS),

  async "replaced-on-request"({ label, before, stage, must }) {
    await sleep(300);
    stage.collector.agent(label, "restart").catch(() => undefined);
    await must("was got rid of", isAnother(before), 12_000);
  },

  async "over-budget"({ round, before, stage, label, must }) {
    const budget = round.fault.burns ?? "cpu";
    if (!before.enforced.includes(budget)) return await sleep(4_000);
    const isDealtWith = (/** @type {any} */ agent) => agent.restarts > before.restarts || agent.state !== "running";
    await must(`was stopped for its ${budget}`, isDealtWith, BUDGET_MS);
    const { counters } = stage.watch.agent(label);
    return counters;
  },
};

/** @param {import("./plan.mjs").Round} round @param {string} label @param {any} before @param {Stage} stage */
async function begin({ round, fault, params }, label, before, { folder, collector }) {
  if (fault.kind === "kill-9") return void process.kill(params.group === true ? -before.pid : before.pid, "SIGKILL");
  if (fault.kind === "hang") return void process.kill(before.pid, "SIGSTOP");
  tell(folder, label, { id: `round-${round}`, kind: fault.kind, params, everyStart: fault.everyStart ?? false });
  if (fault.kind !== "deaf-stdin") return;
  await sleep(200);
  const commands = Number(params.commands);
  for (let sent = 0; sent < commands; sent += 20)
    await Promise.all(Array.from({ length: 20 }, () => collector.agent(label, "flush").catch(() => undefined)));
}

/** Back to a running, obedient process; a restart asked for by a person also forgives its deaths. */
async function makeWell(
  /** @type {import("./plan.mjs").Round} */ { fault },
  /** @type {string} */ label,
  /** @type {Stage} */ { folder, collector, watch },
  /** @type {Case["must"]} */ must,
) {
  tell(folder, label, { id: "", kind: "none", params: {}, everyStart: false });
  const scarred = fault.outcome !== "survives" || SCARRING.includes(fault.kind);
  // Whoever wrote refused lines is degraded for a minute; the suite waits for that at its end.
  const sinceMs = Date.now();
  const obeys = (/** @type {any} */ agent) =>
    agent.state === "running" && !isHeldBack(agent) && Date.parse(agent.last_heartbeat_at) > sinceMs;
  if (scarred) {
    const now = watch.agent(label);
    collector.agent(label, "restart").catch(() => undefined);
    await must("obeyed a restart", isAnother(now), 15_000);
  }
  await must("was running and free again", obeys, RELEASE_MS);
}

/** @param {string} folder @param {string} label @param {object} words */
function tell(folder, label, words) {
  const file = join(folder, "control", `${label}.json`);
  writeFileSync(`${file}.new`, JSON.stringify(words));
  renameSync(`${file}.new`, file);
}
