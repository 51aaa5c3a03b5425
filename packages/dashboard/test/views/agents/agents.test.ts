import { AgentCondition, AgentHealth, AgentState, LABEL_PATTERN, type LogLine } from "@mimolo/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { troubleOf, troubles } from "../../../src/page/views/agents/counters.ts";
import { linesOf } from "../../../src/page/views/agents/detail/log-lines.ts";
import { freeLabel, LABEL_INPUT, labelFault } from "../../../src/page/views/agents/new-label.ts";
import { type Samples, withSamples } from "../../../src/page/views/agents/samples.ts";
import {
  conditionText,
  healthText,
  inOrder,
  isSilent,
  isUp,
  stateText,
  toneOf,
} from "../../../src/page/views/agents/state-text.ts";
import { agent } from "./agent.ts";

test("every state, health and condition has its words", () => {
  for (const state of AgentState.options) expect(stateText(state).says).toMatch(/\.$/);
  for (const health of AgentHealth.options) expect(healthText(health).says).toMatch(/\.$/);
  for (const condition of AgentCondition.options) expect(conditionText(condition).says).toMatch(/\.$/);
  expect(AgentState.options.filter((state) => !isUp(state))).toEqual(["planned", "stopped", "quarantined", "blocked"]);
});

test("what needs a look comes first, then what runs, each by its label", () => {
  const agents = [
    agent({ label: "b" }),
    agent({ label: "stopped", state: "stopped", health: "failed" }),
    agent({ label: "throttled", condition: "throttled" }),
    agent({ label: "a" }),
    agent({ label: "blocked", state: "blocked" }),
  ];
  expect(inOrder(agents).map(({ label }) => label)).toEqual(["blocked", "throttled", "a", "b", "stopped"]);
});

test("one word has the tone of the worst that is to be said of an agent", () => {
  expect(toneOf(agent())).toBe("ok");
  expect(toneOf(agent({ state: "starting", health: "initializing" }))).toBe("accent");
  expect(toneOf(agent({ health: "degraded" }))).toBe("warn");
  expect(toneOf(agent({ health: "degraded", condition: "held" }))).toBe("bad");
  expect(toneOf(agent({ state: "stopped", health: "failed" }))).toBe("plain");
});

test("who is degraded and was silent is late; who has long intervals, or is stopped, is not", () => {
  const last = Date.parse(agent().last_heartbeat_at ?? "");
  expect(isSilent(agent({ health: "degraded" }), last + 10_001)).toBe(true);
  expect(isSilent(agent({ health: "degraded" }), last + 9_000)).toBe(false);
  expect(isSilent(agent(), last + 99_000)).toBe(false);
  expect(isSilent(agent({ state: "stopped", health: "degraded" }), last + 99_000)).toBe(false);
});

test("a look is kept once in two seconds, sixty of them, and none of an agent that is gone", () => {
  let samples: Samples = {};
  for (let at = 0; at < 200_000; at += 1_000) samples = withSamples(samples, [agent({ cpu_percent: at })], at);
  expect(samples["load"]).toHaveLength(60);
  expect(samples["load"]?.at(-1)).toEqual({ atMs: 198_000, cpuPercent: 198_000, memoryMib: 38.5 });
  expect(withSamples(samples, [agent({ label: "constructor" })], 0)).toEqual({
    constructor: [{ atMs: 0, cpuPercent: 0.2, memoryMib: 38.5 }],
  });
});

test("counters are told by kind, the most frequent first", () => {
  const { counters } = agent();
  expect(troubleOf({ ...counters, refused: { "not-json": 2, "too-deep": 5, none: 0 } })[0]).toEqual({
    title: "Refused lines",
    total: 7,
    kinds: [
      { name: "too-deep", count: 5 },
      { name: "not-json", count: 2 },
    ],
  });
  expect(troubles({ ...counters, refused: { a: 1 }, dropped: { b: 2 }, restarts: { c: 4 } })).toBe(3);
});

test("a free name is one that an agent can have, whatever is wished for", () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.constantFrom("load", "LOAD-2", "a-", "x")), (wish, taken) => {
      const label = freeLabel(wish, taken);
      expect(label).toMatch(LABEL_PATTERN);
      expect(label).toMatch(new RegExp(`^(?:${LABEL_INPUT})$`, "v"));
      expect(labelFault(label, taken)).toBeNull();
    }),
    { numRuns: 300 },
  );
  expect(freeLabel("mimolo.system-load", ["System-Load"])).toBe("system-load-2");
});

const line = (more: Partial<LogLine>): LogLine => ({
  at: "2026-11-21T20:00:00.000Z",
  label: "load",
  instance_id: null,
  run_id: null,
  type: "log",
  level: "info",
  message: "hello",
  ...more,
});

test("what was read and what is heard are one log, of one agent, from a level on", () => {
  const read = [line({ message: "one" }), line({ message: "two", level: "debug" })];
  const heard = [line({ message: "one" }), line({ message: "three", level: "error" }), line({ label: "other" })];
  const messages = (least: LogLine["level"]) => linesOf(read, heard, "load", least).map((each) => each.line.message);
  expect(messages("debug")).toEqual(["one", "two", "three"]);
  expect(messages("warning")).toEqual(["three"]);
});

test("lines that are the same have keys that are not", () => {
  const shown = linesOf(
    Array.from({ length: 300 }, () => line({})),
    [],
    "load",
    "debug",
  );
  expect(shown).toHaveLength(200);
  expect(new Set(shown.map(({ key }) => key)).size).toBe(200);
});
