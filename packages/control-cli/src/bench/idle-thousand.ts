import type { Usage } from "./children/usage.ts";
import { type AgentCommand, nativeAgents } from "./children/agent-command.ts";
import type { Helper } from "./helper.ts";
import type { Scenario } from "./scenario.ts";
import { median, type Pair } from "./statistics.ts";
import type { Workbench } from "./workbench.ts";

const COUNT = 1000;
const HEARTBEAT_MS = "5000";
const RSS_TARGET_MIB = 120;

/** A collector with a thousand agents that only live, beside a plain loop that parses the same lines. */
export const idleThousand: Scenario = {
  figures: {
    idle_thousand: {
      unit: "% of a core",
      target: 2.5,
      targetOf: "value",
      what: "a collector with 1,000 idle agents (below 120 MB)",
    },
  },
  async measure(bench) {
    const program = await bench.agent();
    const agents = nativeAgents(program, COUNT, ["idle", HEARTBEAT_MS]);
    return bench.with("collector", (collector) =>
      bench.with("plain-reader", async (reader) => {
        await bringUp(bench, collector, reader, agents);
        return { idle_thousand: await watch(bench, collector, reader) };
      }),
    );
  },
};

async function bringUp(
  bench: Workbench,
  collector: Helper,
  reader: Helper,
  agents: readonly AgentCommand[],
): Promise<void> {
  bench.progress(`idle_thousand: starting ${COUNT} agents`);
  await collector.ask("start", { dataDir: bench.fresh(), cwd: bench.folder, agents });
  bench.progress("idle_thousand: starting as many for the control");
  await reader.ask("start", { cwd: bench.folder, agents });
  bench.progress("idle_thousand: waiting for the start to be over");
  await bench.sleep(bench.quick ? 5_000 : 20_000);
}

/** Both run side by side and are read at the same moments: what shakes the machine shakes both. */
async function watch(bench: Workbench, collector: Helper, reader: Helper) {
  const rounds = bench.rounds(5, 3);
  const windowMs = bench.quick ? 10_000 : 30_000;
  const pairs: Pair[] = [];
  const read = () => Promise.all([collector.ask<Usage>("usage"), reader.ask<Usage>("usage")]);
  const first = await read();
  let before = first;
  const rssMibs: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    bench.progress(`idle_thousand: round ${round} of ${rounds}`);
    await bench.sleep(windowMs);
    const after = await read();
    pairs.push({ value: corePercent(before[0], after[0]), baseline: corePercent(before[1], after[1]) });
    rssMibs.push(after[0].rssMib);
    before = after;
  }
  const rssMib = median(rssMibs);
  const rssMaxMib = Math.max(...rssMibs);
  return {
    pairs,
    // Sweeps of memory and flushes fall into some rounds only: the mean counts them all.
    value: corePercent(first[0], before[0]),
    more: {
      rss_mib: rssMib,
      rss_max_mib: rssMaxMib,
      rss_target_mib: RSS_TARGET_MIB,
      baseline_rss_mib: before[1].rssMib,
    },
    kept: rssMib < RSS_TARGET_MIB,
  };
}

function corePercent(from: Usage, to: Usage): number {
  return ((to.cpuMs - from.cpuMs) / (to.atMs - from.atMs)) * 100;
}
