// One row of rounds, one after the other, each on what the last one left; now and then on a new data directory.
import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { killMarked, marked } from "../processes.mjs";
import { account } from "./account.mjs";
import { fillDisk, smallDisk } from "./full-disk.mjs";
import { inflictDurable } from "./inflict.mjs";
import { World } from "./world.mjs";

const ROUNDS_PER_LIFE = 12;
const LEAVE_MS = 1_500;

/**
 * @typedef {object} DurableReport
 * @property {import("../plan.mjs").Round} round
 * @property {string[]} problems
 * @property {number} open summaries not settled when the fault struck
 * @property {number | undefined} hurt
 * @property {import("./account.mjs").Account | null} account of the data directory so far
 * @property {string[]} orphans processes that outlived a stop
 * @property {boolean} closes whether that account is the last one of its data directory
 * @property {number} rssMib
 * @property {number} tookMs
 */

/**
 * @param {object} options
 * @param {readonly import("../plan.mjs").Round[]} options.rounds
 * @param {string} options.folder @param {string} options.mark
 * @param {AbortSignal} options.signal
 * @param {(report: DurableReport) => void} options.judged
 */
export async function runLane({ rounds, folder, mark: suiteMark, signal, judged }) {
  // Its own, because a lane kills everything that carries it.
  const mark = `${suiteMark}-${randomUUID()}`;
  let lives = 0;
  let life = /** @type {World | null} */ (null);
  const begin = () => new World(made(join(folder, `life-${++lives}`)), mark);
  try {
    for (const [index, round] of rounds.entries()) {
      if (signal.aborted) return;
      const isSmall = round.fault.kind === "disk-full";
      life = isSmall ? life : (life ?? begin());
      const isLast = index === rounds.length - 1 || index % ROUNDS_PER_LIFE === ROUNDS_PER_LIFE - 1;
      const report = isSmall
        ? await roundOnSmallDisk(round, made(join(folder, `full-${round.round}`)))
        : await roundIn(/** @type {World} */ (life), round, isLast);
      if (signal.aborted) return;
      const isGood =
        report.problems.length +
          report.orphans.length +
          (report.account?.lost.length ?? 1) +
          (report.account?.doubled.length ?? 1) ===
        0;
      judged({ ...report, round, closes: isSmall || isLast || !isGood });
      if (isSmall || life === null || !(isLast || !isGood)) continue;
      // What one round broke must not be counted against the next ones too.
      await life.killAll();
      if (isGood) rmSync(life.folder, { recursive: true, force: true });
      life = null;
    }
  } finally {
    await life?.kill();
    killMarked(mark);
  }

  async function roundOnSmallDisk(/** @type {import("../plan.mjs").Round} */ round, /** @type {string} */ at) {
    // A mark of its own: the other world of this lane lives on meanwhile.
    const own = `${suiteMark}-${randomUUID()}`;
    const disk = await smallDisk(at, `${suiteMark}-disk-${own}`);
    const world = new World(at, own, disk);
    try {
      return await measured(world, round, true, () => fillDisk(world, round.params, disk));
    } finally {
      await world.killAll();
      killMarked(own);
      await disk.end();
    }
  }
}

/** @param {World} world @param {import("../plan.mjs").Round} round @param {boolean} isLast */
function roundIn(world, round, isLast) {
  const { fault, params } = round;
  return measured(world, round, isLast, () => inflictDurable({ kind: fault.kind, params, world, round: round.round }));
}

/**
 * @param {World} world @param {import("../plan.mjs").Round} round @param {boolean} isLast
 * @param {() => Promise<import("./inflict.mjs").Effect>} inflict
 */
async function measured(world, round, isLast, inflict) {
  const startedMs = Date.now();
  const report = {
    round,
    problems: /** @type {string[]} */ ([]),
    open: 0,
    hurt: /** @type {number | undefined} */ (0),
  };
  const orphans = /** @type {string[]} */ ([]);
  let found = /** @type {import("./account.mjs").Account | null} */ (null);
  try {
    const { open, hurt, problems } = await inflict();
    Object.assign(report, { open, hurt });
    report.problems.push(...problems, ...(await world.settle()));
    if (isLast) {
      await world.stop();
      orphans.push(...(await leftBehind(world.mark)));
    }
    found = await account(world, round.broken);
    report.problems.push(...found.problems);
  } catch (error) {
    report.problems.push(error instanceof Error ? error.message : String(error));
  }
  return { ...report, orphans, account: found, rssMib: world.rssMaxMib, tookMs: Date.now() - startedMs };
}

/** What still runs of a world that has stopped. @param {string} mark */
async function leftBehind(mark) {
  for (let left = LEAVE_MS; left > 0 && marked(mark).length > 0; left -= 100) await sleep(100);
  return marked(mark).map(({ label, pid, name }) => `${label}: ${pid} ${name}`);
}

/** @param {string} folder */
function made(folder) {
  mkdirSync(folder, { recursive: true });
  return folder;
}
