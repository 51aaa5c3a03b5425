// Which fault each round does. Every round has a generator of its own, so that one round can be done alone.
import { faults } from "./catalogue.mjs";
import { seededRandom } from "./random.mjs";

/**
 * @typedef {object} Round
 * @property {number} round counts from 1
 * @property {import("./catalogue.mjs").Fault} fault
 * @property {Record<string, unknown>} params what the fault is told
 * @property {number} lastsMs how long the round is watched before the next one begins
 */

/**
 * @param {{rounds: number, seed: number, onlyRound?: number, onlyKind?: string}} wish
 * @returns {Round[]}
 */
export function planRounds({ rounds, seed, onlyRound, onlyKind }) {
  const choice = faults.filter(({ kind }) => onlyKind === undefined || kind === onlyKind);
  const wanted = onlyRound === undefined ? Array.from({ length: rounds }, (_, index) => index + 1) : [onlyRound];
  return wanted.map((round) => planRound(round, seed, choice));
}

/** @param {number} round @param {number} seed @param {readonly import("./catalogue.mjs").Fault[]} choice @returns {Round} */
function planRound(round, seed, choice) {
  const random = seededRandom(Math.imul(seed, 1_000_003) + round);
  let left = random.next() * choice.reduce((sum, { weight }) => sum + weight, 0);
  const fault = choice.find(({ weight }) => (left -= weight) < 0) ?? choice[0];
  if (fault === undefined) throw new Error("no fault to choose from");
  return { round, fault, params: fault.draw(random), lastsMs: random.between(900, 1800) };
}

/** One line for people: what the round does. @param {Round} round */
export function describe({ fault, params }) {
  const told = Object.entries(params).map(([key, value]) => `${key} ${String(value)}`);
  return [fault.kind, ...told].join(", ");
}
