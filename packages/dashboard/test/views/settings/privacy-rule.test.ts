import { expect, test } from "vitest";
import {
  draftOfRule,
  EMPTY_RULE,
  isWhole,
  listWith,
  ruleOf,
  ruleText,
} from "../../../src/page/views/settings/privacy-rule.ts";

const banks = {
  name: "banks",
  match_agent: "*",
  field: "data.title",
  glob: "*bank*",
  action: "redact",
  from: { file: "/mimolo.toml" },
} as const;

test("a rule is written as shortly as it was, and what is not said is not sent", () => {
  expect(ruleOf(draftOfRule(banks))).toEqual({ name: "banks", field: "data.title", glob: "*bank*" });
  const draft = { ...EMPTY_RULE, by: "regex", pattern: "(?i)clinic", match_agent: "browser*", action: "drop" } as const;
  expect(ruleOf(draft)).toEqual({ match_agent: "browser*", field: "data.title", regex: "(?i)clinic", action: "drop" });
  expect([isWhole(EMPTY_RULE), isWhole(draft)]).toEqual([false, true]);
  expect(ruleText(draft)).toBe("data.title of browser*, where it matches (?i)clinic: the whole message is dropped");
});

test("one rule is added, changed or taken out, the others stay", () => {
  const other = { ...EMPTY_RULE, name: "other", pattern: "x" };
  const written = { name: "other", field: "data.title", glob: "x" };
  const kept = { name: "banks", field: "data.title", glob: "*bank*" };
  expect(listWith([banks], -1, other)).toEqual([kept, written]);
  expect(listWith([banks], 0, other)).toEqual([written]);
  expect(listWith([banks], 0, null)).toEqual([]);
});
