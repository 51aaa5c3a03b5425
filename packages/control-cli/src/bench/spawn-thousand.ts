import { type AgentCommand, nativeAgents } from "./children/agent-command.ts";
import type { Usage } from "./children/usage.ts";
import type { Scenario } from "./scenario.ts";
import { median, type Pair } from "./statistics.ts";
import type { Workbench } from "./workbench.ts";

const COUNT = 1000;

/** What it costs the parent to bring up a thousand agents, beside a bare `spawn` in a loop. */
export const spawnThousand: Scenario = {
  figures: {
    spawn_thousand: { unit: "ms CPU", target: 1.3, targetOf: "ratio", what: "starting 1,000 supervised agents" },
  },
  async measure(bench) {
    const program = await bench.agent();
    const agents = nativeAgents(program, COUNT, ["idle", "5000"]);
    const rounds = bench.rounds(5, 3);
    const pairs: Pair[] = [];
    const collectors: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      bench.progress(`spawn_thousand: round ${round} of ${rounds}`);
      const baseline = await loopMs(bench, "bare", agents);
      pairs.push({ baseline, value: await loopMs(bench, "supervised", agents) });
      collectors.push((await collectorMs(bench, agents)) / baseline);
    }
    return { spawn_thousand: { pairs, more: { collector_ratio: median(collectors) } } };
  },
};

function loopMs(bench: Workbench, way: "bare" | "supervised", agents: readonly AgentCommand[]): Promise<number> {
  return bench.with("spawn-loops", (loops) => loops.ask<number>(way, { agents, cwd: bench.folder }));
}

/** The whole collector, with its plans, folders, records and diagnostics. */
function collectorMs(bench: Workbench, agents: readonly AgentCommand[]): Promise<number> {
  return bench.with("collector", async (collector) => {
    const before = await collector.ask<Usage>("usage");
    await collector.ask("start", { dataDir: bench.fresh(), cwd: bench.folder, agents });
    const after = await collector.ask<Usage>("usage");
    return after.cpuMs - before.cpuMs;
  });
}
