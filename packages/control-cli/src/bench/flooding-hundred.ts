import { clientAt } from "../client/client.ts";
import { nativeAgents } from "./children/agent-command.ts";
import type { Usage } from "./children/usage.ts";
import type { Scenario } from "./scenario.ts";
import { type Pair, quantile } from "./statistics.ts";
import type { Workbench } from "./workbench.ts";

const COUNT = 100;
const ASK_EVERY_MS = 100;
const NEIGHBOUR = "neighbour";
const BEAT_MS = 1000;

/** What `status` told while they flooded. */
interface Told {
  readonly answersMs: number[];
  /** How late the neighbour's heartbeats were, at most. */
  lateMs: number;
}

/** A hundred agents that write summaries as fast as they are taken, beside one that only lives: what memory a collector
 *  needs, whether it answers, and whether the neighbour is heard in time. */
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
    const agents = [
      { label: NEIGHBOUR, executable: program, args: ["idle", String(BEAT_MS)] },
      ...nativeAgents(program, COUNT, ["flood", "5000", "0", "1"]),
    ];
    const rounds = bench.rounds(5, 2);
    const pairs: Pair[] = [];
    const told: Told = { answersMs: [], lateMs: 0 };
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
        await askStatus(bench, socket, told);
        return (await collector.ask<Usage>("usage")).rssMaxMib;
      });
      pairs.push({ value, baseline });
    }
    const more = {
      status_p50_ms: quantile(told.answersMs, 0.5),
      status_max_ms: Math.max(...told.answersMs),
      neighbour_late_max_ms: told.lateMs,
    };
    return { flooding_hundred: { pairs, value: Math.max(...pairs.map(({ value }) => value)), more } };
  },
};

function floodMs(bench: Workbench): number {
  return bench.quick ? 4_000 : 10_000;
}

/** Asks as `mimolo status` does, over the socket. */
async function askStatus(bench: Workbench, socket: string, told: Told): Promise<void> {
  const client = clientAt(socket);
  const untilMs = performance.now() + floodMs(bench);
  while (performance.now() < untilMs) {
    const askedMs = performance.now();
    const { agents } = await client.get("/status");
    told.answersMs.push(performance.now() - askedMs);
    const heardAt = agents.find(({ label }) => label === NEIGHBOUR)?.last_heartbeat_at;
    if (typeof heardAt === "string") told.lateMs = Math.max(told.lateMs, Date.now() - Date.parse(heardAt) - BEAT_MS);
    await bench.sleep(ASK_EVERY_MS);
  }
}
