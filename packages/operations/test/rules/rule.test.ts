import { expect, test } from "vitest";
import { defaultConfig, type RuleConfig } from "../../src/config/index.ts";
import { CollectorError } from "../../src/error.ts";
import { RuleBook } from "../../src/rules/rule-book.ts";
import { tryRules } from "../../src/rules/try-rules.ts";

const config = defaultConfig();
const around = { config, plans: [], nowMs: Date.UTC(2026, 10, 21, 9) };

function rule(when: RuleConfig["when"], more: Partial<RuleConfig> = {}): RuleConfig {
  return { name: "it", when, do: { plugin: "acme.act", params: { say: "hello" } }, ...more };
}

function tried(when: RuleConfig["when"], event: unknown) {
  const [report] = tryRules(new RuleBook([rule(when)]).rules, event, around).rules;
  return [report?.fires, report?.reason.replace(/; but .*$/, "")];
}

test.each<[RuleConfig["when"], unknown, boolean, string]>([
  [{ source: "summary" }, { source: "summary" }, true, "it fits"],
  [{ source: "summary" }, { source: "segment", event: "closed" }, false, "it waits for summary, this is segment"],
  [
    { source: "summary", agent: "git-*" },
    { source: "summary", agent: "mail" },
    false,
    'it waits for the agent "git-*", this is of "mail"',
  ],
  [{ source: "summary", agent: "*mail*" }, { source: "summary", agent: "e-Mail-2" }, true, "it fits"],
  [{ source: "event", agent: "acme.*" }, { source: "event", agent: "x", plugin: "acme.watch" }, true, "it fits"],
  [{ source: "event", event: "tick" }, { source: "trigger", event: "tick" }, true, "it fits"],
  [
    { source: "trigger", event: "tick" },
    { source: "event", event: "tick" },
    false,
    "it waits for trigger, this is event",
  ],
  [
    { source: "event", event: "tick" },
    { source: "event", event: "tock" },
    false,
    'it waits for the event "tick", this is "tock"',
  ],
  [{ source: "segment", event: "segment:closed" }, { source: "segment", event: "closed" }, true, "it fits"],
  [{ source: "segment", event: "closed" }, { source: "segment", event: "segment:closed" }, true, "it fits"],
  [{ source: "segment", agent: "git" }, { source: "segment", data: { labels: ["mail", "git"] } }, true, "it fits"],
  [
    { source: "segment", agent: "git" },
    { source: "segment", data: { labels: ["mail"] } },
    false,
    'it waits for the agent "git", this is of "mail"',
  ],
  [{ source: "agent_state", event: "quarantined" }, { source: "agent_state", state: "quarantined" }, true, "it fits"],
  [
    { source: "health", where: "health == 'failed' and data.health == 'failed'" },
    { source: "health", event: "failed" },
    true,
    `it fits: health == 'failed' and data.health == 'failed' holds, health is "failed", data.health is "failed"`,
  ],
  [
    { source: "summary", where: "data.count > 3" },
    { source: "summary", data: { count: 2 } },
    false,
    "data.count > 3 does not hold: data.count is 2",
  ],
  [
    { source: "event", event: "new", where: "data.payload.n > 1" },
    {
      type: "event",
      agent_label: "mail",
      timestamp: "2026-11-21T08:00:00Z",
      data: { event: "new", payload: { n: 2 } },
    },
    true,
    "it fits: data.payload.n > 1 holds, data.payload.n is 2",
  ],
])("%j at %j: %s, %s", (when, event, fires, reason) => {
  expect(tried(when, event)).toEqual([fires, reason]);
});

test("a dry run shows what would be executed, and why it could not be", () => {
  const event = {
    source: "trigger",
    agent: "clock",
    event: "tick",
    at: "2026-11-21T08:00:00.5+01:00",
    velocity: 0.5,
    mode: "m",
    data: { n: 1 },
  };
  const [report] = tryRules(new RuleBook([rule({ source: "trigger" })]).rules, event, around).rules;
  expect(report).toEqual({
    name: "it",
    fires: true,
    reason: 'it fits; but no agent runs acme.act; add [plugins.act] with plugin = "acme.act"',
    would: {
      plugin: "acme.act",
      params: { say: "hello" },
      context: {
        timestamp: "2026-11-21T07:00:00.500Z",
        source: "trigger",
        rule: "it",
        event: "tick",
        agent: "clock",
        velocity: 0.5,
        mode: "m",
        data: { n: 1 },
      },
    },
  });
});

test.each<[unknown, string, string]>([
  ["tick", "an event is an object", "for instance {"],
  [{}, "an event needs a source", "one of summary, event,"],
  [{ source: "sumary" }, '"sumary" is no source', "write summary"],
  [{ source: "event", evnt: "x" }, 'an event has no "evnt"', "write event"],
  [{ source: "event", count: 3 }, 'an event has no "count"', "stands in data"],
  [{ source: "event", at: "noon" }, '"at" of an event is not what it has to be', "a time such as"],
  [{ source: "event", agent: 3 }, '"agent" of an event is not what it has to be', "write a text"],
])("what is no event is refused with what to write: %j", (event, message, hint) => {
  const refused = (() => {
    try {
      return tryRules([], event, around);
    } catch (error) {
      return error;
    }
  })();
  expect(refused).toBeInstanceOf(CollectorError);
  expect(refused).toMatchObject({ code: "invalid-parameter", message });
  expect((refused as CollectorError).hint).toContain(hint);
});

test("only agents that a rule looks into are read whole", () => {
  const book = new RuleBook([
    rule({ source: "summary", agent: "mail" }, { name: "a" }),
    rule({ source: "trigger", agent: "acme.*" }, { name: "b" }),
  ]);
  expect(book.wants("mail")).toEqual({ summaries: true, events: true });
  expect(book.wants("git")).toEqual({ summaries: false, events: true });
  expect(new RuleBook([rule({ source: "segment" })]).wants("mail")).toEqual({ summaries: false, events: false });
});
