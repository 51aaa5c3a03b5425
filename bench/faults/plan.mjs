// Which fault each round does. Every round has a generator of its own, so that one round can be done alone.
import { faults } from "./catalogue.mjs";
import { durableFaults } from "./durable/catalogue.mjs";
import { seededRandom } from "./random.mjs";

/** @typedef {import("./catalogue.mjs").Fault | import("./durable/catalogue.mjs").DurableFault} Fault */

/**
 * @typedef {object} Round
 * @property {number} round counts from 1
 * @property {Fault} fault
 * @property {Record<string, unknown>} params what the fault is told
 * @property {number} lastsMs how long the round is watched before the next one begins
 */

/**
 * @param {{rounds: number, seed: number, onlyRound?: number, onlyKind?: string, half?: string}} wish
 * @returns {Round[]}
 */
export function planRounds({ rounds, seed, onlyRound, onlyKind, half }) {
  const choice = [...faults, ...durableFaults].filter(
    (fault) =>
      (onlyKind === undefined || fault.kind === onlyKind) &&
      (half === undefined || isDurable(fault) === (half === "second")),
  );
  const wanted = onlyRound === undefined ? Array.from({ length: rounds }, (_, index) => index + 1) : [onlyRound];
  return wanted.map((round) => planRound(round, seed, choice));
}

/** @param {number} round @param {number} seed @param {readonly Fault[]} choice @returns {Round} */
function planRound(round, seed, choice) {
  const random = seededRandom(Math.imul(seed, 1_000_003) + round);
  let left = random.next() * choice.reduce((sum, { weight }) => sum + weight, 0);
  const fault = choice.find(({ weight }) => (left -= weight) < 0) ?? choice[0];
  if (fault === undefined) throw new Error("no fault to choose from");
  return { round, fault, params: fault.draw(random), lastsMs: random.between(900, 1800) };
}

/** Whether a fault belongs to the second half. @param {Fault} fault */
export const isDurable = (fault) => "durable" in fault;

/** One line for people: what the round does. @param {Round} round */
export function describe({ fault, params }) {
  const told = Object.entries(params).map(([key, value]) => `${key} ${String(value)}`);
  return [fault.kind, ...told].join(", ");
}
