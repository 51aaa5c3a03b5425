import { type AgentCommand, nativeAgents } from "./children/agent-command.ts";
import type { Helper } from "./helper.ts";
import type { Scenario } from "./scenario.ts";
import { median, type Pair, quantile } from "./statistics.ts";
import type { Workbench } from "./workbench.ts";

const PROBE = "probe";
const PROBE_EVERY_MS = "5";
const SUMMARY_EVERY = "10";
const SETTLE_MS = 500;

/** How long a heartbeat takes from its agent's write to the end of its handling, at half of the maximum ingest. */
export const heartbeatDelay: Scenario = {
  figures: {
    heartbeat_p99_ms: {
      unit: "ms",
      target: 5,
      targetOf: "value",
      what: "the slowest hundredth of heartbeats at half of the maximum ingest",
    },
  },
  async measure(bench) {
    const program = await bench.agent();
    bench.progress("heartbeat_p99_ms: looking for the maximum ingest");
    const maximum = await maximumIngest(bench, program);
    const half = Math.round(maximum / 2);
    const agents = [
      ...nativeAgents(program, 1, ["probe", PROBE_EVERY_MS], "flood").map((agent) => ({ ...agent, label: PROBE })),
      ...nativeAgents(program, 1, ["flood", "5000", String(half), SUMMARY_EVERY], "flood"),
    ];
    const rounds = bench.rounds(5, 3);
    const pairs: Pair[] = [];
    const medians: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      bench.progress(`heartbeat_p99_ms: round ${round} of ${rounds} at ${half} messages/s`);
      const baseline = await bench.with("plain-reader", (reader) =>
        delays(bench, reader, { agents, cwd: bench.folder }),
      );
      const value = await bench.with("collector", (collector) => delays(bench, collector, collected(bench, agents)));
      pairs.push({ value: quantile(value, 0.99), baseline: quantile(baseline, 0.99) });
      medians.push(quantile(value, 0.5));
    }
    return { heartbeat_p99_ms: { pairs, more: { p50_ms: median(medians), maximum_messages_per_s: maximum } } };
  },
};

function collected(bench: Workbench, agents: readonly AgentCommand[]) {
  return { agents, cwd: bench.folder, dataDir: bench.fresh(), unlimited: true, probe: PROBE };
}

/** Messages per second that a collector without ceilings takes from one agent, nine heartbeats to a summary. */
function maximumIngest(bench: Workbench, program: string): Promise<number> {
  const agents = nativeAgents(program, 1, ["flood", "5000", "0", SUMMARY_EVERY], "flood");
  return bench.with("collector", async (collector) => {
    await collector.ask("start", { ...collected(bench, agents), probe: undefined });
    await bench.sleep(SETTLE_MS);
    const [fromLines, fromMs] = [await collector.ask<number>("lines"), performance.now()];
    await bench.sleep(bench.quick ? 1_500 : 3_000);
    return Math.round(((await collector.ask<number>("lines")) - fromLines) / ((performance.now() - fromMs) / 1000));
  });
}

async function delays(bench: Workbench, helper: Helper, start: object): Promise<number[]> {
  await helper.ask("start", start);
  await bench.sleep(SETTLE_MS);
  await helper.ask("delays");
  await bench.sleep(bench.quick ? 2_000 : 4_000);
  const taken = await helper.ask<number[]>("delays");
  if (taken.length === 0) throw new Error("no heartbeat of the probe was handled");
  return taken;
}
