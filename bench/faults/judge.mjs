// Whether a neighbour was disturbed in a stretch of time, or whether the machine was.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HEARTBEAT_MS } from "./neighbours.mjs";

const LATE_MS = 2 * HEARTBEAT_MS;

/** @typedef {{neighbour: string, what: string}} Disturbance
 *  @typedef {{disturbed: Disturbance[], inconclusive: Disturbance[], lagMs: number, latestMs: number}} Verdict */

/**
 * A heartbeat was late when more than two intervals lay between two that the collector accepted. The stamps the neighbour took
 * when it sent them tell who was late; where the control process was woken late enough to explain it, the round proves nothing.
 * @param {readonly string[]} neighbours @param {import("./inflict.mjs").Stage} stage @param {number} fromMs @param {number} toMs
 * @returns {Verdict}
 */
export function judge(neighbours, { folder, watch, control }, fromMs, toMs) {
  const lagMs = control.worstMs(fromMs - LATE_MS, toMs);
  const verdict = /** @type {Verdict} */ ({ disturbed: [], inconclusive: [], lagMs, latestMs: 0 });
  for (const neighbour of neighbours) {
    const gaps = watch.gaps(neighbour, fromMs, toMs);
    const worst = gaps.reduce((most, gap) => (length(gap) > length(most) ? gap : most), { fromMs: 0, toMs: 0 });
    verdict.latestMs = Math.max(verdict.latestMs, length(worst));
    const notices = [...new Set(watch.notices(neighbour, fromMs, toMs))];
    const late =
      length(worst) > LATE_MS
        ? [`heartbeat ${length(worst)} ms after the last, ${sender(folder, neighbour, worst)}`]
        : [];
    const what = [...late, ...notices];
    if (what.length === 0) continue;
    const isGrave = notices.some((notice) => !notice.startsWith("health degraded"));
    const isTheMachine = !isGrave && lagMs > 0 && length(worst) - lagMs <= LATE_MS && lagMs >= HEARTBEAT_MS / 4;
    (isTheMachine ? verdict.inconclusive : verdict.disturbed).push({ neighbour, what: what.join("; ") });
  }
  return verdict;
}

/** @param {import("./watch.mjs").Gap} gap */
const length = ({ fromMs, toMs }) => toMs - fromMs;

/** Whether the neighbour itself had been silent. @param {string} folder @param {string} label @param {import("./watch.mjs").Gap} gap */
function sender(folder, label, { fromMs, toMs }) {
  const sent = notesOf(folder, label)
    .filter((note) => note.beat === true && note.at >= fromMs - HEARTBEAT_MS && note.at <= toMs)
    .map((note) => note.at);
  if (sent.length < 2) return "when it was sent is not known";
  const pauses = sent.slice(1).map((at, index) => at - (sent[index] ?? at));
  const longestMs = Math.max(...pauses);
  return longestMs > LATE_MS ? `sent as late (${longestMs} ms)` : `sent in time (at most ${longestMs} ms)`;
}

/** What a neighbour noted of what it wrote; a line that is being written is left out. @param {string} folder @param {string} label
 *  @returns {{beat?: boolean, run?: string, n?: number, at: number}[]} */
export function notesOf(folder, label) {
  const file = join(folder, "notes", `${label}.jsonl`);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}
