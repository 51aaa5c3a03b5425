import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Permission } from "@mimolo/protocol";
import { afterEach, expect, test } from "vitest";
import { defaultConfig } from "../../src/index.ts";
import { PlayedPlugin } from "./played-plugin.ts";
import { Stage } from "./stage.ts";

let stage: Stage | null = null;
afterEach(async () => {
  await stage?.down();
  stage = null;
});

const ALL = Permission.options;

test("what is asked is answered: settings, agents, logs, evidence and what is kept", async () => {
  const asks = new PlayedPlugin("asks", ALL);
  const other = new PlayedPlugin("other", []);
  stage = await new Stage([asks, other]).up();
  const ask = async (method: string, params: object = {}) => {
    const { ok, data, error } = await (stage ?? new Stage([])).answer(asks.request(method, params), 5);
    if (!ok) throw new Error(`${error?.code}: ${error?.message}`);
    return data;
  };
  expect(await ask("config.get")).toEqual({ plugin_id: "local.asks", values: {} });
  expect(await ask("data.put", { key: "k", value: { deep: [1] } })).toEqual({ key: "k" });
  expect(await ask("data.get", { key: "k" })).toEqual({ key: "k", value: { deep: [1] } });
  expect(await ask("data.get", { key: "none" })).toEqual({ key: "none", value: null });
  expect(JSON.parse(readFileSync(join(stage.dataDir, "state", "plugin-data", "local.asks.json"), "utf8"))).toEqual({
    k: { deep: [1] },
  });
  expect(await ask("agents.list")).toMatchObject({
    agents: [
      { label: "asks", plugin_id: "local.asks", state: "running" },
      { label: "other", plugin_id: "local.other", state: "running" },
    ],
  });
  await ask("log.write", { level: "info", message: "of mine" });
  await ask("log.write", { label: "other", level: "error", message: "of another" });
  const lines = stage.said.filter(({ type }) => type === "log");
  expect(lines).toMatchObject([
    { label: "asks", message: "of mine" },
    { label: "other", message: "of another", level: "error", code: "by-asks" },
  ]);
  other.say({ type: "summary", data: { count: 3 } });
  await stage.until(() => (stage?.collector.records ?? 0) > 2);
  await stage.answer(stage.collector.committed(), 100);
  const page = (await ask("evidence.query", { kind: "message", agent: "other" })) as { items: { message: unknown }[] };
  expect(page).toMatchObject({ items: [{ kind: "message", message: { data: { count: 3 } } }], next_cursor: null });
  expect(await ask("agents.control", { label: "other", verb: "stop" })).toMatchObject({
    label: "other",
    state: "stopped",
  });
});

test("evidence comes in pages that an agent can read, and each record once", async () => {
  const asks = new PlayedPlugin("asks", ["read-data"]);
  stage = await new Stage([asks]).up();
  for (let count = 0; count < 12; count += 1) asks.say({ type: "summary", data: { count, text: "x".repeat(40_000) } });
  await stage.until(() => (stage?.collector.records ?? 0) >= 13);
  await stage.answer(stage.collector.committed(), 100);
  const counts: unknown[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    const params = { kind: "message", ...(cursor === null ? {} : { cursor }) };
    const { data } = await stage.answer(asks.request("evidence.query", params), 5);
    const page = data as { items: { message: { data: { count: number } } }[]; next_cursor: string | null };
    counts.push(...page.items.map(({ message }) => message.data.count));
    cursor = page.next_cursor;
    pages += 1;
  } while (cursor !== null);
  expect(counts).toEqual(Array.from({ length: 12 }, (_, count) => count));
  expect(pages).toBe(2);
});

test("a flood of requests is answered at its rate, each request once, and the others are served", async () => {
  const floods = new PlayedPlugin("floods", ALL);
  const calm = new PlayedPlugin("calm", ALL);
  stage = await new Stage([floods, calm]).up();
  const codes = new Map<string, number>();
  let answered = 0;
  const startMs = stage.clock.ticksMs();
  for (let count = 0; count < 900; count += 1) {
    void (async () => {
      const { error } = await floods.request("data.get", { key: "k" });
      const code = error?.code ?? "ok";
      codes.set(code, (codes.get(code) ?? 0) + 1);
      answered += 1;
    })();
  }
  expect(await stage.answer(calm.request("agents.list"))).toMatchObject({ ok: true });
  await stage.until(() => answered === 900);
  expect(codes.get("ok")).toBeLessThanOrEqual(400 + 0.2 * (stage.clock.ticksMs() - startMs));
  expect([...codes.keys()].toSorted()).toEqual(["ok", "rate-limited"]);
});

test("an agent that asks and reads nothing costs a bounded queue", async () => {
  const asks = new PlayedPlugin("asks", ALL);
  const calm = new PlayedPlugin("calm", ALL);
  stage = await new Stage([asks, calm]).up();
  asks.stopsReading();
  for (let count = 0; count < 600; count += 1) void asks.request("agents.list");
  expect(await stage.answer(calm.request("agents.list"), 5)).toMatchObject({ ok: true });
  expect(stage.dropped("asks")["answers"]).toBeGreaterThanOrEqual(600 - 256 - 1);
  asks.reads();
  await stage.until(() => asks.unanswered <= 600 - 256);
});

test("a plugin that keeps something as its last deed is answered while everything stops", async () => {
  const asks = new PlayedPlugin("asks", ["write-data", "read-messaging"]);
  stage = await new Stage([asks]).up();
  const answers: unknown[] = [];
  let ends = false;
  asks.ends = async () => {
    ends = true;
    answers.push(await asks.request("data.put", { key: "last", value: "word" }));
    answers.push(await asks.request("event.subscribe", { topic: "x" }));
  };
  const stopped = stage.collector.stop();
  await stage.until(() => ends);
  // The disk takes its time, whatever the clock says.
  await stage.until(() => answers.length === 2, 0);
  await stage.answer(stopped);
  expect(answers).toMatchObject([{ ok: true }, { ok: false, error: { code: "agent-not-running" } }]);
  const kept = readFileSync(join(stage.dataDir, "state", "plugin-data", "local.asks.json"), "utf8");
  expect(JSON.parse(kept)).toEqual({ last: "word" });
});

test("a process that read nothing takes the answers that waited for it along; the next one is answered", async () => {
  const asks = new PlayedPlugin("asks", ["read-system-info"]);
  stage = await new Stage([asks]).up();
  asks.stopsReading();
  for (let count = 0; count < 10; count += 1) void asks.request("agents.list");
  const runId = () => stage?.collector.status().agents[0]?.run_id;
  const first = runId();
  asks.dies();
  await stage.until(() => runId() !== first && stage?.collector.status().agents[0]?.state === "running", 50);
  expect(await stage.answer(asks.request("agents.list"))).toMatchObject({ ok: true });
});

test("a request that a privacy rule keeps back is answered, too", async () => {
  const asks = new PlayedPlugin("asks", ["write-logs"]);
  const rule = { name: "hush", match_agent: "*", field: "params.message", glob: "*secret*", action: "drop" } as const;
  stage = await new Stage([asks]).up({ config: { ...defaultConfig(), privacy: [rule] } });
  const write = (message: string) => asks.request("log.write", { level: "info", message });
  expect(await stage.answer(write("my secret"))).toMatchObject({ ok: false, error: { code: "privacy-drop" } });
  expect(await stage.answer(write("all the world"))).toMatchObject({ ok: true });
});
