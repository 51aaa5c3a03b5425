import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ManualClock, manualClock } from "@mimolo/agent-sdk/testing";
import { type Collector, createCollector } from "../../src/collector.ts";
import { ScriptedAgent } from "./scripted-agent.ts";

/** A morning at eight, an empty data directory, an agent that plays its part. */
export function scene(): { dataDir: string; clock: ManualClock; agent: ScriptedAgent } {
  const clock = manualClock({ wallMs: Date.UTC(2026, 10, 21, 8) });
  return { dataDir: mkdtempSync(join(tmpdir(), "mimolo-story-")), clock, agent: new ScriptedAgent(clock) };
}

/** A collector of one agent, `played`; not started. */
export function playedCollector({ dataDir, clock, agent }: ReturnType<typeof scene>): Promise<Collector> {
  return createCollector({
    dataDir,
    clock,
    spawn: agent.spawn,
    control: false,
    allow: [process.execPath],
    plugins: { played: { executable: process.execPath } },
  });
}

/** Stops the collector, whose agents need the clock for that, and takes its folder away. */
export async function endScene(collector: Collector, clock: ManualClock, dataDir: string): Promise<void> {
  const life = { stopped: false };
  void collector.stop().then(() => (life.stopped = true));
  while (!life.stopped) {
    clock.advance(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  rmSync(dataDir, { recursive: true, force: true });
}
