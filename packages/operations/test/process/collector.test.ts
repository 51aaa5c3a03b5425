import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemClock } from "@mimolo/supervisor";
import { afterEach, beforeEach, expect, test } from "vitest";
import { shellWord } from "../../src/allow-command.ts";
import { type CollectorOptions, createCollector, openArchive } from "../../src/index.ts";
import { type Collector } from "../../src/collector.ts";

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/agents/${name}.mjs`, import.meta.url));

let dataDir = "";
const running: Collector[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "mimolo collector "));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((collector) => collector.stop({ hurry: true })));
  rmSync(dataDir, { recursive: true, force: true });
});

/** A collector of fixture agents that the test vouches for. */
async function collectorOf(names: readonly string[], more: Partial<CollectorOptions> = {}): Promise<Collector> {
  const plugins = Object.fromEntries(
    names.map((name) => [
      name,
      { executable: process.execPath, args: [fixture(name)], heartbeat_interval_s: 0.5, agent_flush_interval_s: 0.5 },
    ]),
  );
  const collector = await createCollector({ dataDir, plugins, allow: names.map(fixture), ...more });
  running.push(collector);
  return collector;
}

function until(collector: Collector, label: string, state: string): Promise<void> {
  return new Promise((resolve) => {
    const off = collector.on("agent:state", (change) => {
      if (change.label !== label || change.state !== state) return;
      off();
      resolve();
    });
  });
}

async function records(kind?: "message" | "gap" | "policy" | "agent_state") {
  const found = [];
  for await (const { record } of openArchive(dataDir).evidence({ kind })) found.push(record);
  return found;
}

test("an agent's own bytes become evidence, a segment opens, and the ledger verifies", async () => {
  const collector = await collectorOf(["reports-work"]);
  const opened = new Promise<{ labels: string[] }>((resolve) => collector.on("segment:opened", resolve));
  await collector.start();
  expect(await opened).toMatchObject({ labels: ["reports-work"], reasons: ["fixture"], confidence: "observed" });
  expect(collector.timeline().open).toMatchObject({ labels: ["reports-work"] });
  await collector.stop();

  const [first] = await records("message");
  expect(first).toMatchObject({ agent_label: "reports-work", plugin_id: "local.reports-work", trust: "trusted" });
  expect(first).toHaveProperty("message.data.edits", 1);
  expect(await openArchive(dataDir).verify()).toMatchObject({ ok: true });
  const { open } = await openArchive(dataDir).timeline({ nowMs: Date.now() });
  expect(open).toMatchObject({ labels: ["reports-work"] });
});

test("a second collector is refused with the first one's pid and socket, and disturbs nothing", async () => {
  const collector = await collectorOf(["reports-work"]);
  await collector.start();
  const second = await createCollector({ dataDir });
  await expect(second.start()).rejects.toThrow(`already running (pid ${process.pid}, ${collector.address})`);
  expect(collector.status().collector.pid).toBe(process.pid);
});

test("the time nobody watched is a gap, from the last sign of life to the new start", async () => {
  const first = await collectorOf([]);
  await first.start();
  await first.stop();
  const aliveMs = Date.now();
  const minuteLater = { ...systemClock, wallMs: () => Date.now() + 60_000 };
  const second = await collectorOf([], { clock: minuteLater });
  await second.start();
  await second.stop();
  const [gap] = await records("gap");
  expect(gap).toMatchObject({ kind: "gap", data: { reason: "collector-down" } });
  if (gap?.kind !== "gap") return;
  expect(Math.abs(Date.parse(gap.data.from) - aliveMs)).toBeLessThan(1_000);
  expect(Date.parse(gap.data.to) - Date.parse(gap.data.from)).toBeGreaterThanOrEqual(59_000);
});

test("what nobody vouched for is blocked, with the command that helps", async () => {
  const collector = await collectorOf(["reports-work"], { allow: [] });
  const blocked = until(collector, "reports-work", "blocked");
  await collector.start();
  await blocked;
  expect(collector.status().agents[0]).toMatchObject({ state: "blocked", verdict: "not-allowlisted", pid: null });
  const script = fixture("reports-work");
  expect(collector.plans[0]?.blocked).toBe(
    `${script} was never allowed; allow it with: mimolo allow ${shellWord(script)} --data-dir '${dataDir}'`,
  );
});

test("developer mode runs it and marks every record", async () => {
  const collector = await collectorOf(["reports-work"], { allow: [], dev: true });
  const opened = new Promise((resolve) => collector.on("segment:opened", resolve));
  await collector.start();
  await opened;
  expect(collector.status()).toMatchObject({ collector: { mode: "dev" }, agents: [{ verdict: "dev" }] });
  await collector.stop();
  const trusts = new Set((await records("message")).map((record) => ("trust" in record ? record.trust : undefined)));
  expect([...trusts]).toEqual(["dev"]);
});

test.runIf(process.platform !== "win32")("everything it keeps is for the owner only", async () => {
  const collector = await collectorOf(["reports-work"]);
  await collector.start();
  for (const folder of ["", "evidence", "trust", "control", "state", "diagnostics", "data"]) {
    expect(statSync(join(dataDir, folder)).mode & 0o077).toBe(0);
  }
  for (const file of ["trust/collector.key", "control/address.json", "control/mimolo.sock", "state/instances.json"]) {
    expect(statSync(join(dataDir, file)).mode & 0o077).toBe(0);
  }
  await collector.stop();
  expect(statSync(join(dataDir, "evidence/commits.jsonl")).mode & 0o077).toBe(0);
});

test("an instance keeps its id over restarts of the collector", async () => {
  const ids: unknown[] = [];
  for (const _ of [1, 2]) {
    const collector = await collectorOf(["reports-work"]);
    const up = until(collector, "reports-work", "running");
    await collector.start();
    await up;
    ids.push(collector.status().agents[0]?.instance_id);
    await collector.stop();
  }
  expect(ids[0]).toBe(ids[1]);
  expect(JSON.parse(readFileSync(join(dataDir, "state/instances.json"), "utf8"))).toMatchObject({
    "reports-work": { plugin_id: "local.reports-work", instance_id: ids[0] },
  });
});
