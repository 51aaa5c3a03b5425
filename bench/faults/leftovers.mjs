// Processes of runs that are over: each dead victim must have taken its children along.
import { identity, marked } from "./processes.mjs";

/** The ladder and the sweep of a group take their time; what is older than this was forgotten. */
const GRACE_MS = 5_000;

/** @param {string} mark */
export function leftoverSearch(mark) {
  const firstSeenMs = new Map();
  const orphans = new Map();
  return {
    orphans,
    /** Looks once. @param {readonly any[]} agents the collector's own list */
    look(agents) {
      const runs = new Set(agents.map(({ run_id: runId }) => runId));
      const nowMs = Date.now();
      for (const { pid, startedAt, label, runId, name } of marked(mark)) {
        if (runId === "" || runs.has(runId)) continue;
        const key = `${pid} ${startedAt}`;
        if (!firstSeenMs.has(key)) firstSeenMs.set(key, nowMs);
        if (nowMs - firstSeenMs.get(key) > GRACE_MS) orphans.set(key, `${label}: ${pid} ${name}`);
      }
    },
    /** After the stop nobody has an excuse. @param {readonly {pid: number, startedAt: string}[]} guardians */
    lookAfterStop(guardians) {
      for (const { pid, startedAt, label, name } of marked(mark))
        orphans.set(`${pid} ${startedAt}`, `${label}: ${pid} ${name}`);
      for (const { pid, startedAt } of guardians)
        if (identity(pid).startedAt === startedAt) orphans.set(`${pid} ${startedAt}`, `guardian: ${pid}`);
    },
  };
}
