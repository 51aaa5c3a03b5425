import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Collector } from "../../src/collector.ts";
import { type AgentStateEvent, createCollector } from "../../src/index.ts";

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/agents/${name}.mjs`, import.meta.url));

let dataDir = "";
let collector: Collector;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "mimolo-budgets-"));
});
afterEach(async () => {
  await collector.stop({ hurry: true });
  rmSync(dataDir, { recursive: true, force: true });
});

/** Resolves when the agent's state, and the cause of it, is this. */
function comes(label: string, state: string, cause = ""): Promise<AgentStateEvent> {
  return new Promise((resolve) => {
    const off = collector.on("agent:state", (change) => {
      if (change.label !== label || change.state !== state || !change.cause.startsWith(cause)) return;
      off();
      resolve(change);
    });
  });
}

const agent = (label: string) => collector.status().agents.find((each) => each.label === label);

test.skipIf(process.platform !== "linux")(
  "one that spins is restarted within 30 s, one that leaks is quarantined, their neighbour never notices, and both are well when they behave",
  { timeout: 110_000 },
  async () => {
    const behave = join(dataDir, "behave");
    const plugin = (name: string, own: object = {}) => ({
      executable: process.execPath,
      args: [fixture(name), behave],
      heartbeat_interval_s: 2,
      ...own,
    });
    collector = await createCollector({
      dataDir,
      control: false,
      allow: ["busy-loops", "leaks-memory", "reports-work"].map(fixture),
      plugins: {
        busy: plugin("busy-loops", { heartbeat_interval_s: 30 }),
        leaky: plugin("leaks-memory", { memory_mib: 64 }),
        neighbour: plugin("reports-work", { cpu_budget_percent: 5 }),
      },
    });
    const spun = comes("busy", "running");
    const [stopped, restarted] = [comes("busy", "stopping", "cpu-hard-limit"), comes("busy", "backing-off")];
    const [leaked, quarantined] = [
      comes("leaky", "stopping", "memory-limit"),
      comes("leaky", "quarantined", "memory-limit"),
    ];
    await collector.start();

    const spunAtMs = Date.parse((await spun).at);
    expect(Date.parse((await stopped).at) - spunAtMs).toBeLessThan(22_000);
    expect(Date.parse((await restarted).at) - spunAtMs).toBeLessThan(30_000);
    await leaked;
    await quarantined;
    expect(agent("leaky")).toMatchObject({ health: "failed", counters: { restarts: { "memory-limit": 1 } } });

    writeFileSync(behave, "");
    const well = ["busy", "leaky"].map((label) => comes(label, "running", "handshake"));
    await collector.control("busy", "restart");
    await collector.control("leaky", "restart");
    await Promise.all(well);
    for (const label of ["busy", "leaky"]) expect(agent(label)).toMatchObject({ state: "running", health: "ok" });
    expect(agent("neighbour")).toMatchObject({ state: "running", health: "ok", restarts: 0 });
  },
);
