import { clientAt } from "../client.ts";
import { nativeAgents } from "./children/agent-command.ts";
import type { Usage } from "./children/usage.ts";
import type { Scenario } from "./scenario.ts";
import { type Pair, quantile } from "./statistics.ts";
import type { Workbench } from "./workbench.ts";

const COUNT = 100;
const ASK_EVERY_MS = 100;

/** A hundred agents that write summaries as fast as they are taken: what memory a collector needs, and whether it answers. */
export const floodingHundred: Scenario = {
  figures: {
    flooding_hundred: {
      unit: "MiB RSS at most",
      target: 200,
      targetOf: "value",
      what: "the memory of a collector with 100 flooding agents",
    },
  },
  async measure(bench) {
    const program = await bench.agent();
    const agents = nativeAgents(program, COUNT, ["flood", "5000", "0", "1"]);
    const rounds = bench.rounds(5, 2);
    const pairs: Pair[] = [];
    const answersMs: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      bench.progress(`flooding_hundred: round ${round} of ${rounds}`);
      const baseline = await bench.with("plain-reader", async (reader) => {
        await reader.ask("start", { agents, cwd: bench.folder });
        await bench.sleep(floodMs(bench));
        return (await reader.ask<Usage>("usage")).rssMaxMib;
      });
      const value = await bench.with("collector", async (collector) => {
        const { socket } = await collector.ask<{ socket: string }>("start", {
          agents,
          cwd: bench.folder,
          dataDir: bench.fresh(),
        });
        answersMs.push(...(await askStatus(bench, socket)));
        return (await collector.ask<Usage>("usage")).rssMaxMib;
      });
      pairs.push({ value, baseline });
    }
    const more = { status_p50_ms: quantile(answersMs, 0.5), status_max_ms: Math.max(...answersMs) };
    return { flooding_hundred: { pairs, value: Math.max(...pairs.map(({ value }) => value)), more } };
  },
};

function floodMs(bench: Workbench): number {
  return bench.quick ? 4_000 : 10_000;
}

/** How long each `mimolo status` waits for its answer while they flood. */
async function askStatus(bench: Workbench, socket: string): Promise<number[]> {
  const client = clientAt(socket);
  const untilMs = performance.now() + floodMs(bench);
  const answersMs: number[] = [];
  while (performance.now() < untilMs) {
    const askedMs = performance.now();
    await client.get("/status");
    answersMs.push(performance.now() - askedMs);
    await bench.sleep(ASK_EVERY_MS);
  }
  return answersMs;
}
