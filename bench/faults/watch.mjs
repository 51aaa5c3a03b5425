// Looks at the collector five times a second: its status over the socket, its memory in /proc. Keeps what judging needs.
import { setTimeout as sleep } from "node:timers/promises";
import { memoryOf } from "./processes.mjs";

const LOOK_MS = 200;

/** @typedef {{fromMs: number, toMs: number}} Gap between two heartbeats the collector accepted
 *  @typedef {{atMs: number, what: string}} Notice */

/**
 * @param {import("./collector.mjs").Collector} collector
 * @param {readonly string[]} neighbours labels to keep an eye on
 */
export function watchCollector(collector, neighbours) {
  const gaps = new Map(neighbours.map((label) => [label, /** @type {Gap[]} */ ([])]));
  const notices = new Map(neighbours.map((label) => [label, /** @type {Notice[]} */ ([])]));
  const before = new Map();
  const seen = { agents: new Map(), rssMaxMib: 0, rssMib: 0, slowestAnswerMs: 0, answers: 0, failures: 0 };
  const wakers = new Set();
  const life = { ended: false };

  const note = (/** @type {any} */ agent, /** @type {number} */ askedMs) => {
    const last = before.get(agent.label);
    before.set(agent.label, agent);
    if (last === undefined) return;
    const say = (/** @type {string} */ what) => notices.get(agent.label)?.push({ atMs: askedMs, what });
    if (agent.restarts > last.restarts || agent.pid !== last.pid) say("restarted");
    else if (agent.state !== "running") say(`not running: ${agent.state}`);
    if (agent.health !== "ok") say(`health ${agent.health}`);
    if (agent.condition !== "free") say(`condition ${agent.condition}`);
    const [fromMs, toMs] = [Date.parse(last.last_heartbeat_at), Date.parse(agent.last_heartbeat_at)];
    // One that has not come yet counts as soon as it is late: the agent may never beat again.
    gaps.get(agent.label)?.push(toMs > fromMs ? { fromMs, toMs } : { fromMs, toMs: askedMs });
  };

  const look = async () => {
    const askedMs = Date.now();
    const { rssMib, peakMib } = memoryOf(collector.pid);
    seen.rssMib = rssMib || seen.rssMib;
    seen.rssMaxMib = Math.max(seen.rssMaxMib, rssMib, peakMib);
    try {
      const status = await collector.status();
      seen.slowestAnswerMs = Math.max(seen.slowestAnswerMs, Date.now() - askedMs);
      seen.answers += 1;
      for (const agent of status.agents) {
        seen.agents.set(agent.label, agent);
        if (gaps.has(agent.label)) note(agent, askedMs);
      }
    } catch {
      if (!life.ended) seen.failures += 1;
    }
    for (const wake of wakers) wake();
  };
  const looking = (async () => {
    while (!life.ended) {
      await look();
      await sleep(LOOK_MS);
    }
  })();

  return {
    seen,
    /** What the collector last said of an agent. @param {string} label */
    agent: (label) => seen.agents.get(label),
    /** Gaps between accepted heartbeats that touch this stretch of time. @param {string} label @param {number} fromMs @param {number} toMs */
    gaps: (label, fromMs, toMs) => (gaps.get(label) ?? []).filter((gap) => gap.toMs > fromMs && gap.toMs <= toMs),
    /** @param {string} label @param {number} fromMs @param {number} toMs */
    notices: (label, fromMs, toMs) =>
      (notices.get(label) ?? []).filter(({ atMs }) => atMs > fromMs && atMs <= toMs).map(({ what }) => what),
    /** Resolves to the milliseconds it took until `holds` of an agent, or to null after `limitMs`.
     * @param {string} label @param {(agent: any) => boolean} holds @param {number} limitMs @returns {Promise<number | null>} */
    until(label, holds, limitMs) {
      const startedMs = Date.now();
      return new Promise((resolve) => {
        const check = () => {
          const agent = seen.agents.get(label);
          const done = agent !== undefined && holds(agent);
          if (!done && !life.ended && Date.now() - startedMs < limitMs) return;
          wakers.delete(check);
          resolve(done ? Date.now() - startedMs : null);
        };
        wakers.add(check);
        check();
      });
    },
    async end() {
      life.ended = true;
      await looking;
      for (const wake of wakers) wake();
    },
  };
}

/** @typedef {ReturnType<typeof watchCollector>} Watch */
