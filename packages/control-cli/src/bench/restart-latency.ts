import { spawn } from "node:child_process";
import { once } from "node:events";
import { nativeAgents } from "./children/agent-command.ts";
import type { Recovery } from "./children/collector.ts";
import type { Scenario } from "./scenario.ts";
import { median, type Pair } from "./statistics.ts";
import type { Workbench } from "./workbench.ts";

/** A SIGKILLed agent: how soon the collector knows, and how soon the agent is there again. */
export const restartLatency: Scenario = {
  figures: {
    restart_latency: {
      unit: "ms until noticed",
      target: 20,
      targetOf: "value",
      what: "noticing a killed agent",
    },
  },
  async measure(bench) {
    const program = await bench.agent();
    const rounds = bench.rounds(11, 5);
    // One kill each: dying often would be answered by waiting longer.
    const agents = nativeAgents(program, rounds, ["idle", "5000"]);
    return bench.with("collector", async (collector) => {
      await collector.ask("start", { agents, cwd: bench.folder, dataDir: bench.fresh() });
      const pairs: Pair[] = [];
      const againMs: number[] = [];
      for (const { label } of agents) {
        bench.progress(`restart_latency: round ${pairs.length + 1} of ${rounds}`);
        const baseline = await bareExitMs(bench, program);
        const recovery = await collector.ask<Recovery>("recover", { label });
        pairs.push({ value: recovery.noticedMs, baseline });
        againMs.push(recovery.runningMs);
      }
      return { restart_latency: { pairs, more: { running_again_ms: median(againMs) } } };
    });
  },
};

/** From SIGKILL to Node's own `exit` event. */
async function bareExitMs(bench: Workbench, program: string): Promise<number> {
  const child = bench.keep(spawn(program, ["idle", "5000"], { stdio: ["pipe", "pipe", "pipe"] }));
  const { signal } = bench;
  // An interrupted bench kills it, perhaps before its first word: nobody would say more.
  if (child.stdout !== null) await once(child.stdout, "data", { signal });
  const killedMs = performance.now();
  child.kill("SIGKILL");
  await once(child, "exit", { signal });
  return performance.now() - killedMs;
}
