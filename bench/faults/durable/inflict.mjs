// Does one fault to a world under load and brings it back up. What the fault did is told, so that none passes for want of effect.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { tearCommits, tearDay, tearSpool } from "./power-cut.mjs";
import { keepCopy, LABELS } from "./world.mjs";

const STRIKE_MS = 20_000;

/**
 * @typedef {object} Effect
 * @property {number} open summaries sent and not settled when it struck
 * @property {number} [hurt] bytes torn, or operations that failed
 * @property {string[]} problems
 * @typedef {{kind: string, params: any, world: import("./world.mjs").World, round: number}} Case
 */

/** @param {Case} each @returns {Promise<Effect>} */
export function inflictDurable(each) {
  const work = faults[each.kind];
  if (work === undefined) throw new Error(`nobody knows how to do ${each.kind}`);
  return work(each);
}

/** @type {Record<string, (each: Case) => Promise<Effect>>} */
const faults = {
  async "collector-killed"({ params, world }) {
    await underLoad(world, params, {});
    await world.kill();
    const effect = struck(world);
    if (params.again) {
      await world.start();
      await sleep(params.waitMs);
      await world.kill();
    }
    await sleep(params.waitMs);
    await world.start();
    return effect;
  },

  async "agents-killed"({ params, world }) {
    await underLoad(world, params, {});
    const chosen = (await world.agents()).slice(0, params.agents);
    for (const { pid } of chosen) kill(params.group ? -pid : pid);
    const effect = struck(world);
    await sleep(300);
    return effect;
  },

  async "all-killed"({ params, world }) {
    await underLoad(world, params, {});
    await world.killAll();
    const effect = struck(world);
    await world.start();
    return effect;
  },

  "torn-day": (each) => powerCut(each, tearDay),
  "torn-commits": (each) => powerCut(each, tearCommits),
  "io-error": (each) => failing(each, { operation: each.params.operation, code: "EIO", times: each.params.times }),

  "failed-sync": (each) => {
    const { operation, times, dropped, truncateFails } = each.params;
    const also = truncateFails ? { also: "truncate day" } : {};
    return failing(each, { operation, code: "EIO", times, dropped, ...also });
  },

  async "clock-step"({ params, world }) {
    const collector = await underLoad(world, params, { ports: true });
    await collector.tell({ step: params.byMs });
    const effect = struck(world);
    await sleep(1_300);
    if (params.back) await collector.tell({ step: -params.byMs });
    if (params.back) await sleep(1_300);
    if (params.killed) await world.kill();
    else if (!params.back) await world.stop();
    if (world.collector === null) await world.start();
    return effect;
  },

  async "spool-deleted"({ params, world }) {
    await underLoad(world, params, {});
    return await atRest(each(params, world), (folder) => rmSync(folder, { recursive: true, force: true }));
  },

  async "spool-restored"({ params, world, round }) {
    const copies = join(world.folder, `copies-${round}`);
    const copy = () => Object.entries(world.spools()).forEach(([label, from]) => keepCopy(from, join(copies, label)));
    await world.running({});
    if (params.copied === "quiet") copy();
    await underLoad(world, params, {});
    if (params.copied === "busy") {
      copy();
      await sleep(600);
    }
    const effect = await atRest(each(params, world), (folder, label) => {
      rmSync(folder, { recursive: true, force: true });
      keepCopy(join(copies, label), folder);
    });
    rmSync(copies, { recursive: true, force: true });
    return effect;
  },

  async "data-moved"({ params, world }) {
    await underLoad(world, params, {});
    if (params.by === "kill") await world.killAll();
    else await world.stop();
    const effect = struck(world);
    world.move();
    await world.start();
    return effect;
  },
};

const each = (/** @type {any} */ params, /** @type {import("./world.mjs").World} */ world) => ({ params, world });

/** Kills some agents, with or without their collector, and does something to their spools before they come back.
 *  @param {{params: any, world: import("./world.mjs").World}} each @param {(folder: string, label: string) => void} change */
async function atRest({ params, world }, change) {
  const chosen = LABELS.slice(0, params.agents);
  if (params.collector === "killed") await world.killAll();
  else for (const { label, pid } of await world.agents()) if (chosen.includes(label) && pid !== null) kill(-pid);
  const effect = struck(world);
  world.promises.excuse(chosen);
  const spools = world.spools();
  for (const label of chosen) if (spools[label] !== undefined) change(spools[label], label);
  if (world.collector === null) await world.start();
  else await sleep(300);
  return effect;
}

/** @param {Case} each @param {(data: string, cut: {how: string, at: number}) => number} tear @returns {Promise<Effect>} */
async function powerCut({ params, world }, tear) {
  const { step, how, at } = params;
  const collector = await underLoad(world, params, step === "any" ? {} : { ports: true });
  const problems = [];
  if (step !== "any") {
    await collector.tell({ set: { operation: step.replace("-", " "), stalls: true } });
    if ((await strikes(collector)) === 0) problems.push(`the collector never came to ${step}`);
  }
  await world.killAll();
  const effect = struck(world);
  if (params.spools === "torn") {
    world.promises.excuse(LABELS);
    for (const folder of Object.values(world.spools())) tearSpool(folder, { how, at });
  }
  const hurt = tear(world.files, { how, at });
  await world.start();
  return { ...effect, hurt, problems };
}

/** @param {Case} each @param {import("./faulty-disk.mjs").Failing} how @returns {Promise<Effect>} */
async function failing({ params, world }, how) {
  const collector = await underLoad(world, params, { ports: true });
  await collector.tell({ set: how });
  const hurt = await strikes(collector);
  const effect = struck(world);
  const problems = [];
  // A new part is opened at a new day or after a failure only: that there was nothing to fail is no failure of the round.
  if (hurt === 0 && how.operation !== "open day" && how.operation !== "write checkpoints")
    problems.push(`${how.operation} never came`);
  await sleep(params.afterMs);
  const { syncedAgain } = await collector.tell({});
  if (syncedAgain > 0) problems.push("a descriptor was synced again after a failed sync");
  if (params.killed) {
    await world.kill();
    await world.start();
  }
  return { ...effect, hurt, problems };
}

/** @param {import("../collector.mjs").Collector} collector */
async function strikes(collector) {
  for (const untilMs = Date.now() + STRIKE_MS; Date.now() < untilMs; await sleep(50)) {
    const { failed } = await collector.tell({});
    if (failed > 0) return failed;
  }
  return 0;
}

/** @param {import("./world.mjs").World} world @param {any} params @param {{ports?: boolean}} how */
async function underLoad(world, params, how) {
  const collector = await world.running(how);
  await world.busy(params.load);
  await sleep(params.afterMs);
  return collector;
}

/** @param {import("./world.mjs").World} world */
function struck(world) {
  return { open: world.promises.look().open().length, problems: /** @type {string[]} */ ([]) };
}

/** @param {number} pid */
function kill(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone meanwhile.
  }
}
