// The second half's faults: what happens to evidence on its way to the disk, and on it. Nothing here acts.

/**
 * @typedef {object} DurableFault
 * @property {string} kind
 * @property {number} weight how often it is drawn, relative to the others
 * @property {(random: import("../random.mjs").Random) => Record<string, unknown>} draw
 * @property {true} durable
 */

const load = (/** @type {import("../random.mjs").Random} */ random) => ({
  load: random.pick(["steady", "steady", "burst"]),
  afterMs: random.between(50, 1_200),
});
/** Where the collector stands still before the power goes: what it has written by then is not on the disk yet. */
const steps = ["sync-day", "sync-commits", "replace-head"];
const hours = (/** @type {number} */ count) => count * 3_600_000;

/** @type {readonly DurableFault[]} */
export const durableFaults = [
  {
    kind: "collector-killed",
    weight: 3,
    durable: true,
    draw: (random) => ({ ...load(random), again: random.next() < 0.3, waitMs: random.pick([0, 0, 300, 1_500]) }),
  },
  {
    kind: "agents-killed",
    weight: 3,
    durable: true,
    draw: (random) => ({ ...load(random), agents: random.between(1, 4), group: random.next() < 0.5 }),
  },
  { kind: "all-killed", weight: 2, durable: true, draw: load },
  {
    kind: "torn-day",
    weight: 3,
    durable: true,
    draw: (random) => ({
      ...load(random),
      step: random.pick([...steps, "any"]),
      how: random.pick(["cut", "garble", "zeros", "junk"]),
      spools: random.pick(["kept", "kept", "torn"]),
      at: random.next(),
    }),
  },
  {
    kind: "torn-commits",
    weight: 3,
    durable: true,
    draw: (random) => {
      const step = random.pick(["sync-commits", "sync-commits", "replace-head", "any"]);
      // Once it is synced the line may not be hurt any more; only what was to come behind it.
      const how = step === "sync-commits" ? random.pick(["cut", "garble", "zeros", "junk"]) : "junk";
      return { ...load(random), step, how, spools: random.pick(["kept", "kept", "torn"]), at: random.next() };
    },
  },
  {
    kind: "disk-full",
    weight: 2,
    durable: true,
    draw: (random) => ({
      freeKib: random.between(40, 300),
      fullMs: random.between(1_200, 2_500),
      killed: random.next() < 0.4,
    }),
  },
  {
    kind: "io-error",
    weight: 2,
    durable: true,
    draw: (random) => ({
      ...load(random),
      operation: random.pick(["write day", "write commits", "replace head", "open day", "write checkpoints"]),
      times: random.between(1, 4),
      killed: random.next() < 0.3,
    }),
  },
  {
    kind: "failed-sync",
    weight: 2,
    durable: true,
    draw: (random) => ({
      ...load(random),
      operation: random.pick(["sync day", "sync day", "sync commits"]),
      times: random.between(1, 3),
      dropped: random.next() < 0.5,
      truncateFails: random.next() < 0.3,
      killed: random.next() < 0.3,
    }),
  },
  {
    kind: "clock-step",
    weight: 2,
    durable: true,
    draw: (random) => ({
      ...load(random),
      byMs: random.pick([-5_000, 5_000, hours(-1), hours(1), hours(-30), hours(30), hours(24 * 40)]),
      back: random.next() < 0.5,
      killed: random.next() < 0.5,
    }),
  },
  {
    kind: "spool-deleted",
    weight: 2,
    durable: true,
    draw: (random) => ({ ...load(random), agents: random.between(1, 4), collector: random.pick(["lives", "killed"]) }),
  },
  {
    kind: "spool-restored",
    weight: 3,
    durable: true,
    draw: (random) => ({
      ...load(random),
      agents: random.between(1, 4),
      copied: random.pick(["quiet", "busy"]),
      collector: random.pick(["lives", "killed"]),
    }),
  },
  {
    kind: "data-moved",
    weight: 2,
    durable: true,
    draw: (random) => ({ ...load(random), by: random.pick(["stop", "kill"]) }),
  },
];

export const durableKinds = durableFaults.map(({ kind }) => kind);
