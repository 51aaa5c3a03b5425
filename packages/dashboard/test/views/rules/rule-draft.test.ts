import { expect, test } from "vitest";
import {
  draftOfRule,
  EMPTY_RULE,
  listWith,
  type Rule,
  ruleOf,
  sampleEvent,
  whenText,
} from "../../../src/page/views/rules/rule-draft.ts";

const rule: Rule = {
  name: "long",
  when: { source: "segment", event: "closed", where: "data.duration_s > 7200" },
  do: { plugin: "mimolo.notify", params: { text: "hi" } },
  limit: 2,
  runs: 0,
  failures: 0,
  limited: 0,
  cut: 0,
  last_run_at: null,
  trouble: null,
};

test("a rule that is read and written again is the same, and says in a sentence when it runs", () => {
  const { name, when, do: action, limit } = rule;
  expect(ruleOf(draftOfRule(rule))).toEqual({ name, when, do: action, limit });
  expect(whenText(when)).toBe("When a segment of work is closed, if data.duration_s > 7200");
  expect(whenText({ source: "health", agent: "mail", event: "failed" })).toBe(
    "When an agent's health (mail) becomes failed",
  );
  expect(listWith([rule], 0, null)).toEqual([]);
  expect(listWith([rule], -1, { ...EMPTY_RULE, name: "b", plugin: "x" })).toMatchObject([
    { name: "long" },
    { name: "b" },
  ]);
});

test("there is an event to try each rule with", () => {
  expect(JSON.parse(sampleEvent(draftOfRule(rule)))).toMatchObject({ source: "segment", event: "closed" });
  expect(JSON.parse(sampleEvent({ source: "event", agent: "mail*", event: "" }))).toMatchObject({
    agent: "folder-activity",
  });
});
