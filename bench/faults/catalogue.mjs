// The faults: how likely each is, what it is told, what must be true afterwards. Nothing here acts.

/**
 * @typedef {"returns" | "survives" | "found-hung" | "quarantined" | "replaced-on-request" | "over-budget"} Outcome
 *   returns: the process dies and another runs by itself · survives: the very process goes on, or is slowed down for its rate ·
 *   found-hung: `degraded` within two missed heartbeats · quarantined: not started for ever · replaced-on-request: a restart asked
 *   for gets rid of it within the stop ladder · over-budget: as survives, and restarted where the collector enforces that budget
 * @typedef {object} Fault
 * @property {string} kind
 * @property {number} weight how often it is drawn, relative to the others
 * @property {(random: import("./random.mjs").Random) => Record<string, unknown>} draw
 * @property {Outcome} outcome
 * @property {boolean} [everyStart] each new process does it again
 * @property {"cpu" | "memory"} [burns] at most one fault of a sort at a time: this machine may be small
 */

/** @type {readonly Fault[]} */
export const faults = [
  { kind: "kill-9", weight: 4, outcome: "returns", draw: (random) => ({ group: random.next() < 0.5 }) },
  {
    kind: "hang",
    weight: 3,
    outcome: "found-hung",
    draw: (random) => ({ signal: "SIGSTOP", continued: random.next() < 0.6 }),
  },
  { kind: "exit-zero-loop", weight: 1, outcome: "quarantined", everyStart: true, draw: () => ({}) },
  { kind: "deaf-stdin", weight: 2, outcome: "survives", draw: (random) => ({ commands: random.between(200, 800) }) },
  { kind: "stderr-flood", weight: 2, outcome: "survives", draw: (random) => ({ mib: random.between(2, 20) }) },
  { kind: "kept-stdout", weight: 2, outcome: "returns", draw: (random) => ({ code: random.between(0, 1) }) },
  {
    kind: "fork-storm",
    weight: 2,
    outcome: "survives",
    draw: (random) => ({ forks: random.between(30, 80), lingering: random.between(2, 10), exits: false }),
  },
  {
    kind: "fork-storm",
    weight: 1,
    outcome: "returns",
    draw: (random) => ({ forks: random.between(20, 40), lingering: random.between(2, 10), exits: true }),
  },
  {
    kind: "bad-lines",
    weight: 3,
    outcome: "survives",
    draw: (random) => ({ seconds: random.between(1, 2), perSecond: random.pick([1000, 1000, 5000]) }),
  },
  {
    kind: "long-lines",
    weight: 2,
    outcome: "survives",
    draw: (random) => ({ lines: random.between(1, 100), bytes: 5000 }),
  },
  { kind: "huge-line", weight: 2, outcome: "survives", draw: (random) => ({ mib: random.pick([2, 5, 100, 100]) }) },
  { kind: "nul-lines", weight: 2, outcome: "survives", draw: (random) => ({ lines: random.between(1, 500) }) },
  { kind: "summary-flood", weight: 1, outcome: "survives", draw: (random) => ({ seconds: random.between(1, 3) }) },
  { kind: "ignores-ladder", weight: 2, outcome: "replaced-on-request", draw: () => ({}) },
  { kind: "closed-stdout", weight: 1, outcome: "found-hung", draw: () => ({}) },
  { kind: "half-a-line", weight: 1, outcome: "returns", draw: (random) => ({ code: random.between(0, 1) }) },
  {
    kind: "busy-loop",
    weight: 1,
    burns: "cpu",
    outcome: "found-hung",
    draw: (random) => ({ seconds: random.between(4, 30), beats: false }),
  },
  {
    kind: "busy-loop",
    weight: 1,
    burns: "cpu",
    outcome: "over-budget",
    draw: () => ({ seconds: 40, beats: true }),
  },
  { kind: "memory-leak", weight: 1, burns: "memory", outcome: "over-budget", draw: () => ({ mib: 200 }) },
];

export const kinds = [...new Set(faults.map(({ kind }) => kind))];
