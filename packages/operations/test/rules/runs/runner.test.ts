import { manualClock } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import type { CallAnswer, PluginCall } from "../../../src/calls/plugin-call.ts";
import { Causes } from "../../../src/causes/causes.ts";
import type { RuleConfig } from "../../../src/config/index.ts";
import type { Happening } from "../../../src/rules/happening.ts";
import { RuleBook } from "../../../src/rules/rule-book.ts";
import { RuleRunner } from "../../../src/rules/runs/runner.ts";

const PLUGINS: Readonly<Record<string, string>> = { ping: "acme.ping", pong: "acme.pong" };
const summary: Happening = {
  source: "summary",
  agent: "ping",
  plugin: "acme.ping",
  atMs: 0,
  data: { count: 5 },
  seq: 12,
};

function rule(name: string, when: RuleConfig["when"], more: { plugin?: string; limit?: number } = {}): RuleConfig {
  const { plugin = "acme.act", limit } = more;
  return { name, when, do: { plugin, params: { say: name } }, ...(limit !== undefined && { limit }) };
}

/** A runner whose plugins answer what `answer` says, and everything it told. */
function scene(
  rules: readonly RuleConfig[],
  answer: (plugin: string, call: PluginCall) => Promise<CallAnswer> | CallAnswer = answers,
) {
  const clock = manualClock({ wallMs: Date.UTC(2026, 10, 21, 9) });
  const causes = new Causes({ clock, cut: () => undefined });
  const called: { plugin: string; call: PluginCall }[] = [];
  const audited: { subject: string; by: string; detail: Record<string, unknown> }[] = [];
  const said: string[] = [];
  const coming = new Set<string>();
  const runner = new RuleRunner({
    clock,
    causes,
    calls: {
      invoke: async (plugin, call) => {
        called.push({ plugin, call });
        const label = plugin.replace(/^.*\./, "");
        causes.deliver(call.cause ?? causes.begin(), { label, pluginId: plugin });
        return await answer(plugin, call);
      },
    },
    audit: {
      note: (_action, subject, by, detail) =>
        void audited.push({ subject, by, detail: detail as Record<string, unknown> }),
    },
    clean: (text) => text.replaceAll("hunter2", "[secret]"),
    say: ({ code, message }) => void said.push(`${code}: ${message}`),
    isComing: (plugin) => coming.has(plugin),
    pluginOf: (label) => PLUGINS[label],
  });
  runner.adopt(new RuleBook(rules));
  return { runner, clock, called, audited, said, coming };
}

function answers(plugin: string): CallAnswer {
  return { ok: true, data: null, label: "act", pluginId: plugin, tookMs: 1.25 };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("what fits is done in a turn of its own, with what happened as context, and audited with what led to it", async () => {
  const { runner, called, audited } = scene([rule("many", { source: "summary", where: "data.count > 3" })]);
  runner.happened(summary);
  runner.happened({ ...summary, data: { count: 3 } });
  expect(called).toEqual([]);
  await turn();
  expect(called).toHaveLength(1);
  expect(called[0]?.call).toMatchObject({
    interface: "action",
    method: "execute",
    params: { say: "many" },
    context: {
      timestamp: "1970-01-01T00:00:00.000Z",
      source: "summary",
      rule: "many",
      agent: "ping",
      data: { count: 5 },
    },
    by: { kind: "rule", name: "many" },
  });
  await turn();
  const cause = called[0]?.call.cause;
  expect(audited).toEqual([
    {
      subject: "many",
      by: "ping",
      detail: {
        rule: "many",
        plugin: "acme.act",
        label: "act",
        source: "summary",
        seq: 12,
        at: "1970-01-01T00:00:00.000Z",
        cause: cause?.id,
        hops: 0,
        ok: true,
        took_ms: 1.25,
      },
    },
  ]);
  expect(runner.runsOf("many")).toMatchObject({ runs: 1, failures: 0, lastRunAtMs: Date.UTC(2026, 10, 21, 9) });
});

test("two plugins that rules have answer each other are cut after eight hops, and it is told once", async () => {
  const rules = [
    rule("serve", { source: "event", event: "pong" }, { plugin: "acme.ping" }),
    rule("return", { source: "event", event: "ping" }, { plugin: "acme.pong" }),
  ];
  const { runner, called, audited, said } = scene(rules, (plugin) => {
    const label = plugin.replace(/^.*\./, "");
    // A plain agent: it names no cause.
    runner.happened({ source: "event", agent: label, plugin, event: label, atMs: 0 });
    return answers(plugin);
  });
  runner.happened({ source: "event", agent: "ping", plugin: "acme.ping", event: "ping", atMs: 0 });
  for (let turns = 0; turns < 40; turns += 1) await turn();
  expect(called.map(({ call }) => call.cause?.hops)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(runner.runsOf("serve").cut + runner.runsOf("return").cut).toBe(1);
  expect(said.filter((line) => line.startsWith("rule-cut"))).toHaveLength(1);
  expect(audited.filter(({ detail }) => detail["code"] === "cut")).toMatchObject([{ detail: { ok: false, count: 1 } }]);
});

test("a segment that an action's own work extends is an effect of that action", async () => {
  const rules = [rule("again", { source: "segment", event: "extended" }, { plugin: "acme.ping" })];
  const { runner, clock, called } = scene(rules);
  for (let round = 0; round < 20; round += 1) {
    runner.happened({ source: "segment", event: "extended", atMs: 0, labels: ["ping"], segmentId: "c:1" });
    await turn();
    await turn();
    clock.advance(1_000);
  }
  expect(called.map(({ call }) => call.cause?.hops)).toEqual(
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 6, 7].slice(0, called.length),
  );
  expect(runner.runsOf("again").cut).toBeGreaterThan(0);
  expect(called.length).toBeLessThan(20);
});

test("a segment of others is nobody's effect, however often the action runs", async () => {
  const { runner, called } = scene([rule("tell", { source: "segment" })]);
  for (let round = 0; round < 12; round += 1) {
    runner.happened({ source: "segment", event: "extended", atMs: 0, labels: ["ping"], segmentId: "c:1" });
    await turn();
    await turn();
  }
  expect(called.map(({ call }) => call.cause?.hops)).toEqual(Array.from({ length: 12 }, () => 0));
});

test("an action that fails is told once a minute and audited each time", async () => {
  const { runner, audited, said } = scene([rule("many", { source: "summary" })], (plugin) => ({
    ok: false,
    code: "failed",
    reason: "refused",
    message: `${plugin} said no to hunter2`,
    hint: "ask it again",
    tookMs: 2,
  }));
  for (let round = 0; round < 3; round += 1) runner.happened(summary);
  await turn();
  await turn();
  expect(audited.map(({ detail }) => [detail["ok"], detail["code"], detail["reason"]])).toEqual(
    Array.from({ length: 3 }, () => [false, "failed", "refused"]),
  );
  expect(said).toEqual(['rule-failed: rule "many": acme.act said no to [secret]; ask it again']);
  const lastFailure = { atMs: Date.UTC(2026, 10, 21, 9), why: "acme.act said no to [secret]; ask it again" };
  expect(runner.runsOf("many")).toMatchObject({ runs: 3, failures: 3, lastFailure });
});

test("a plugin that is only starting is waited for, though not for ever", async () => {
  const { runner, clock, called, coming } = scene([rule("many", { source: "summary" })]);
  coming.add("acme.act");
  const passes = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 100) {
      clock.advance(100);
      await turn();
    }
  };
  runner.happened(summary);
  await turn();
  await passes(500);
  expect(called).toHaveLength(0);
  coming.clear();
  await passes(100);
  expect(called).toHaveLength(1);
  coming.add("acme.act");
  runner.happened(summary);
  await turn();
  await passes(10_100);
  expect(called).toHaveLength(2);
});

test("at the end what was begun may still be done; what takes too long is written down as cut short", async () => {
  const { runner, clock, called, audited } = scene(
    [
      rule("quick", { source: "summary" }, { plugin: "acme.quick" }),
      rule("slow", { source: "summary" }, { plugin: "acme.slow" }),
    ],
    (plugin) => (plugin === "acme.slow" ? new Promise<CallAnswer>(() => undefined) : answers(plugin)),
  );
  runner.happened(summary);
  const closing = runner.close();
  await turn();
  await turn();
  clock.advance(3_000);
  await closing;
  expect(called.map(({ plugin }) => plugin)).toEqual(["acme.quick", "acme.slow"]);
  expect(audited.map(({ subject, detail }) => [subject, detail["ok"], detail["code"]])).toEqual([
    ["quick", true, undefined],
    ["slow", false, "shutting-down"],
  ]);
  runner.happened(summary);
  await turn();
  expect(called).toHaveLength(2);
});

test("with nothing to do the end is at once, without a tick of the clock", async () => {
  await scene([rule("many", { source: "summary" })]).runner.close();
});

test("a long segment goes without what monitors made of it", async () => {
  const { runner, called } = scene([rule("over", { source: "segment" })]);
  const data = { id: "c:1", duration_s: 60, aggregated: { mail: { items: ["x".repeat(40_000)] } } };
  runner.happened({ source: "segment", event: "closed", atMs: 0, data });
  await turn();
  expect(called[0]?.call.context?.["data"]).toEqual({ id: "c:1", duration_s: 60, shortened: true });
});

test("ten thousand happenings that no rule waits for cost next to nothing", () => {
  const { runner } = scene([rule("over", { source: "segment" }), rule("rare", { source: "trigger" })]);
  const round = () => {
    const beganMs = performance.now();
    for (let count = 0; count < 10_000; count += 1) runner.happened(summary);
    return performance.now() - beganMs;
  };
  // A tenth of this on a machine that does nothing else.
  expect(Math.min(round(), round(), round(), round(), round())).toBeLessThan(50);
});
