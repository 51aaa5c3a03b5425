// The second half: what was promised to durable agents, under kills, torn files, failing disks and clocks. No round judges how
// quick anything was, so two lanes share the machine.
import { join } from "node:path";
import { canFillDisk } from "./full-disk.mjs";
import { runLane } from "./lane.mjs";

const LANES = 2;

/**
 * @param {object} options
 * @param {readonly import("../plan.mjs").Round[]} options.rounds
 * @param {string} options.folder @param {string} options.mark
 * @param {AbortSignal} options.signal
 * @param {(text: string) => void} options.say
 * @param {(report: import("./lane.mjs").DurableReport) => void} options.judged
 */
export async function runDurable({ rounds, folder, mark, signal, say, judged }) {
  const isPossible = canFillDisk();
  const possible = rounds.filter(({ fault }) => isPossible || fault.kind !== "disk-full");
  const skipped = rounds.length - possible.length;
  if (skipped > 0) say(`needs unshare -Urm and mount: not here, ${skipped} rounds with a full disk do not run`);
  const totals = {
    rounds: 0,
    promised: 0,
    found: 0,
    lost: /** @type {string[]} */ ([]),
    doubled: /** @type {string[]} */ ([]),
    records: 0,
    problems: /** @type {string[]} */ ([]),
    orphans: /** @type {string[]} */ ([]),
    rssMaxMib: 0,
    unsettled: 0,
    /** Rounds that were broken on purpose, and looked as if everything had been kept. */
    unnoticed: /** @type {string[]} */ ([]),
    skipped,
    faults: /** @type {Record<string, number>} */ ({}),
  };
  const take = (/** @type {import("./lane.mjs").DurableReport} */ report) => {
    const { round, account, closes, problems } = report;
    const at = (/** @type {string} */ text) => `round ${round.round}: ${text}`;
    totals.rounds += 1;
    if (round.broken !== undefined && isKept(report)) totals.unnoticed.push(at(`${round.broken}, ${round.fault.kind}`));
    totals.faults[round.fault.kind] = (totals.faults[round.fault.kind] ?? 0) + 1;
    totals.unsettled += report.open;
    totals.rssMaxMib = Math.max(totals.rssMaxMib, report.rssMib);
    totals.problems.push(...problems.map(at));
    totals.orphans.push(...report.orphans.map(at));
    if (account !== null && closes) {
      totals.promised += account.promised;
      totals.found += account.found;
      totals.records += account.records;
      totals.lost.push(...account.lost.map(at));
      totals.doubled.push(...account.doubled.map(at));
    }
    judged(report);
  };
  const lanes = Array.from({ length: Math.min(LANES, possible.length) }, (_, lane) =>
    runLane({
      rounds: possible.filter((_each, index) => index % LANES === lane),
      folder: join(folder, `lane-${lane + 1}`),
      mark,
      signal,
      judged: take,
    }),
  );
  await Promise.all(lanes);
  return totals;
}

/** @typedef {Awaited<ReturnType<typeof runDurable>>} DurableOutcome */

/** Whether all that was promised in a round was kept. @param {import("./lane.mjs").DurableReport} report */
export function isKept({ problems, account, orphans }) {
  const { lost, doubled } = account ?? { lost: [], doubled: [] };
  return account !== null && problems.length + lost.length + doubled.length + orphans.length === 0;
}

/** One line for a round. @param {string} what @param {import("./lane.mjs").DurableReport} report */
export function durableProgress(what, report) {
  const { problems, account, orphans, open, hurt, tookMs } = report;
  const { lost = [], doubled = [], promised = 0 } = account ?? {};
  const effect = hurt === undefined || hurt === 0 ? "" : `, ${hurt} hurt`;
  const wrong = [
    ...problems,
    ...orphans.map((each) => `orphan: ${each}`),
    ...lost.slice(0, 3).map((key) => `lost: ${key}`),
    ...doubled.slice(0, 3).map((key) => `doubled: ${key}`),
  ];
  const figures = `${promised} owed, ${lost.length} lost, ${doubled.length} doubled; ${open} open when it struck${effect}`;
  return `${what}  ${isKept(report) ? "kept" : "BROKEN"}; ${figures}; ${(tookMs / 1000).toFixed(1)} s${wrong.map((each) => `\n      ${each}`).join("")}`;
}
