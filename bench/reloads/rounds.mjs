// What is done to the plugins, one thing after another, while they work.
import { setTimeout as sleep } from "node:timers/promises";
import { breaks, pluginId } from "./world.mjs";

/** Work between two reloads of everything. */
const PAUSE_MS = 100;

/**
 * @typedef {object} Round
 * @property {import("./world.mjs").Subject} subject
 * @property {"same" | "edit" | "upgrade"} what
 * @property {string} version
 * @property {string} broken empty: it runs
 * @typedef {Round & {tookMs: number, ok: boolean, told: string}} Played
 */

/** As many rounds for each subject; every tenth version, spread evenly, is broken.
 *  @param {readonly import("./world.mjs").Subject[]} subjects @param {number} rounds @param {number} broken @returns {Round[]} */
export function planRounds(subjects, rounds, broken) {
  const plan = /** @type {Round[]} */ ([]);
  for (let index = 0; index < rounds; index += 1) {
    for (const subject of subjects) {
      const isBroken = Math.floor(((index + 1) * broken) / rounds) > Math.floor((index * broken) / rounds);
      const kinds = breaks[subject];
      const nth = Math.floor((index * broken) / rounds);
      const changes = subject === "packed" ? "upgrade" : "edit";
      plan.push({
        subject,
        what: isBroken || index % 2 === 0 ? changes : "same",
        version: `1.${index + 1}.0`,
        broken: isBroken ? (kinds[nth % kinds.length] ?? "") : "",
      });
    }
  }
  return plan;
}

/** The packages of a plan, by version. Packing takes a while and is none of the collector's business.
 *  @param {import("./world.mjs").World} world @param {readonly Round[]} plan */
export async function packAll(world, plan) {
  const paths = /** @type {Map<string, string>} */ (new Map());
  for (const { what, version, broken } of plan)
    if (what === "upgrade") paths.set(version, await world.pack(version, broken));
  return paths;
}

/** @param {import("./world.mjs").World} world @param {readonly Round[]} plan @param {ReadonlyMap<string, string>} packages
 *  @param {(played: Played) => void} said */
export async function playRounds(world, plan, packages, said) {
  for (const round of plan) {
    const startedMs = Date.now();
    const answer = await play(world, round, packages.get(round.version) ?? "");
    const tookMs = Date.now() - startedMs;
    const wanted =
      round.broken === "" ? answer.status < 300 : answer.status === 409 && answer.body.code === "rolled-back";
    said({
      ...round,
      tookMs,
      ok: wanted,
      told: answer.body.detail ?? answer.body.message ?? answer.body.version ?? "",
    });
    await sleep(PAUSE_MS);
  }
}

/** @param {import("./world.mjs").World} world @param {Round} round @param {string} path */
function play(world, { subject, what, version, broken }, path) {
  const id = pluginId(subject);
  if (what === "upgrade") return world.ask("POST", `/plugins/${id}/install`, { path });
  if (what === "edit") world.write(subject, version, broken);
  return world.ask("POST", `/plugins/${id}/reload`);
}
