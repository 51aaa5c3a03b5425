import { readEvidence } from "@mimolo/evidence";
import type { LogLine } from "@mimolo/protocol";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Collector } from "../../src/collector.ts";
import { configuredAgent } from "../../src/config/loaded-config.ts";
import { createCollector, defaultConfig, type LoadedConfig, type PrivacyConfig } from "../../src/index.ts";
import { endScene, scene } from "./played-collector.ts";

let here: ReturnType<typeof scene>;
let collector: Collector;
let logs: LogLine[] = [];

const rule = (more: Partial<PrivacyConfig>): PrivacyConfig => ({
  name: "banks",
  match_agent: "*",
  field: "data.title",
  glob: "*bank*",
  action: "redact",
  ...more,
});

function configOf(privacy: readonly PrivacyConfig[]): LoadedConfig {
  const played = configuredAgent({ executable: process.execPath }, { file: "/x/mimolo.toml", folder: here.dataDir });
  return { ...defaultConfig(), plugins: { played }, privacy };
}

async function turn(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    here.clock.advance(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function reload(privacy: readonly PrivacyConfig[]): Promise<string | undefined> {
  const held: { message?: string } = {};
  void collector.reload(configOf(privacy)).then(({ message }) => (held.message = message));
  await turn(() => held.message !== undefined);
  return held.message;
}

async function kept(): Promise<unknown[]> {
  await collector.committed();
  const records = [];
  for await (const { record } of readEvidence(join(here.dataDir, "evidence"))) {
    if (record.kind === "message") records.push([record.message["data"], record.redacted]);
  }
  return records;
}

beforeEach(async () => {
  here = scene();
  logs = [];
  collector = await createCollector({
    dataDir: here.dataDir,
    clock: here.clock,
    spawn: here.agent.spawn,
    control: false,
    allow: [process.execPath],
    config: configOf([]),
  });
  collector.on("log", (line) => logs.push(line));
  await collector.start();
  await turn(() => collector.status().agents[0]?.state === "running");
});
afterEach(() => endScene(collector, here.clock, here.dataDir));

test("rules that come with a reload hold from the next line on, for an agent that runs on", async () => {
  const { pid } = collector.status().agents[0] ?? {};
  const say = () => here.agent.say({ type: "summary", data: { title: "my bank" } });
  say();
  expect(await reload([rule({})])).toBe("changed privacy");
  say();
  await reload([rule({}), rule({ name: "gone", regex: "bank$", glob: undefined, action: "drop" })]);
  say();
  say();
  await reload([]);
  say();
  expect(await kept()).toEqual([
    [{ title: "my bank" }, undefined],
    [{ title: "[redacted]" }, ["banks"]],
    [{ title: "my bank" }, undefined],
  ]);
  const [agent] = collector.status().agents;
  expect(agent).toMatchObject({ pid, health: "ok", counters: { refused: { "privacy-drop": 2 } } });
  expect(logs.flatMap(({ code, message }) => (code === "privacy-drop" ? [message] : []))).toHaveLength(1);
});

test("no diagnostics of a covered agent repeat what is covered", async () => {
  const fields = ["message", "details.*", "context", "extra", "data.*", "data.event", "metrics.*", "code"];
  await reload(fields.map((field, index) => rule({ name: `r${index}`, field })));
  const before = logs.length;
  const bank = "the bank";
  here.agent.say({ type: "status", health: "ok", message: bank, details: { at: bank } });
  here.agent.say({ type: "error", message: bank, code: bank, context: { at: bank } });
  here.agent.say({ type: "log", level: "info", message: bank, extra: bank });
  here.agent.say({ type: "custom", data: { at: bank } });
  here.agent.say({ type: "metric", data: { at: bank } });
  here.agent.say({ type: "heartbeat", metrics: { at: bank } });
  here.agent.say({ type: "event", data: { event: bank } });
  here.agent.say({ type: "summary", data: bank });
  here.agent.say({ type: "result", id: "1", ok: true, data: { at: bank } });
  here.agent.say({ type: "ack", ack_command: "flush", message: bank });
  await turn(() => logs.length >= before + 9);
  expect(logs.slice(before).map(({ message }) => message)).not.toContainEqual(expect.stringContaining("bank"));
});
