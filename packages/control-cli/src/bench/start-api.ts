import type { StartCost } from "./children/start-api.ts";
import type { Scenario } from "./scenario.ts";
import { median, type Pair } from "./statistics.ts";
import type { Workbench } from "./workbench.ts";

const MEMORY_TARGET_MIB = 25;

/** From nothing to the first answer of `GET /health`, beside the same collector without a control API until it has started. The
 *  value is what the API adds. */
export const startApi: Scenario = {
  figures: {
    start_api: {
      unit: "ms added",
      target: 120,
      targetOf: "value",
      what: "the control API at the start of a collector (below 25 MB)",
    },
  },
  async measure(bench) {
    const rounds = bench.rounds(11, 5);
    const pairs: Pair[] = [];
    const laterMs: number[] = [];
    const addedCpuMs: number[] = [];
    const addedMibs: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      bench.progress(`start_api: round ${round} of ${rounds}`);
      const without = await cost(bench, false);
      const withIt = await cost(bench, true);
      // The first pair warms the page cache.
      if (round === 0) continue;
      pairs.push({ value: withIt.tookMs, baseline: without.tookMs });
      laterMs.push(withIt.startedMs - without.startedMs);
      addedCpuMs.push(withIt.cpuMs - without.cpuMs);
      if (withIt.privateMib !== null && without.privateMib !== null) {
        addedMibs.push(withIt.privateMib - without.privateMib);
      }
    }
    const addedMib = addedMibs.length === 0 ? null : median(addedMibs);
    return {
      start_api: {
        pairs,
        value: median(pairs.map(({ value, baseline }) => value - baseline)),
        more: {
          started_later_ms: median(laterMs),
          added_cpu_ms: median(addedCpuMs),
          ...(addedMib === null ? {} : { added_mib: addedMib, memory_target_mib: MEMORY_TARGET_MIB }),
        },
        kept: addedMib === null || addedMib < MEMORY_TARGET_MIB,
      },
    };
  },
};

function cost(bench: Workbench, control: boolean): Promise<StartCost> {
  return bench.with("start-api", (helper) => helper.ask<StartCost>("start", { dataDir: bench.fresh(), control }));
}
