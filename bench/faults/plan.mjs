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
 * @property {string} [broken] the promise that is broken on purpose
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

/** Every fault of the second half in turn, each with a promise broken on purpose: all ways once around, then the next.
 *  @param {{rounds: number, seed: number, onlyKind?: string}} wish @param {readonly string[]} ways @returns {Round[]} */
export function planProof({ rounds, seed, onlyKind }, ways) {
  const choice = durableFaults.filter(({ kind }) => onlyKind === undefined || kind === onlyKind);
  return Array.from({ length: rounds }, (_, index) => {
    const fault = choice[index % choice.length];
    const way = ways[(index + Math.floor(index / choice.length)) % ways.length];
    return {
      ...planRound(index + 1, seed, fault === undefined ? [] : [fault]),
      ...(way === undefined ? {} : { broken: way }),
    };
  });
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
export function describe({ fault, params, broken }) {
  const told = Object.entries(params).map(([key, value]) => `${key} ${String(value)}`);
  return [...(broken === undefined ? [] : [`(${broken})`]), fault.kind, ...told].join(", ");
}
