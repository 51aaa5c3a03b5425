import type { PrivacyRule } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { liveFilter } from "../../src/privacy/live-filter.ts";

const rule = (name: string): PrivacyRule => ({
  name,
  match_agent: "*",
  field: "data.title",
  glob: "*bank*",
  action: "redact",
});

test("rules that are read again and say the same are the same filter; others are another", () => {
  let rules = [rule("titles")];
  const filter = liveFilter(() => rules);
  const first = filter();
  rules = [rule("titles")];
  expect(filter()).toBe(first);
  rules = [rule("titles"), rule("paths")];
  expect(filter()).not.toBe(first);
});
