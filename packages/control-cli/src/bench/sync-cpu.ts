import { nativeAgents } from "./children/agent-command.ts";
import { linesPerCpuSecond } from "./in-turns.ts";
import type { Scenario } from "./scenario.ts";

const SUMMARY_EVERY = "10";

/** CPU of a line with what is written synced to the disk, beside the same collector that leaves that to the system. */
export const syncCpu: Scenario = {
  figures: {
    sync_cpu: { unit: "CPU µs a line", target: 1.05, targetOf: "ratio", what: "ingest with a sync of every commit" },
  },
  async measure(bench) {
    const agents = nativeAgents(await bench.agent(), 1, ["flood", "5000", "0", SUMMARY_EVERY], "flood");
    const side = (withoutSync: boolean) => ({
      name: "collector",
      start: { agents, cwd: bench.folder, dataDir: bench.fresh(), unlimited: true, withoutSync },
    });
    const pairs = await linesPerCpuSecond(bench, "sync_cpu", { value: side(false), baseline: side(true) });
    return {
      sync_cpu: { pairs: pairs.map(({ value, baseline }) => ({ value: 1e6 / value, baseline: 1e6 / baseline })) },
    };
  },
};
