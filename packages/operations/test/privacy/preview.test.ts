import type { EvidenceRecord, PrivacyRule } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { previewPrivacy } from "../../src/privacy/preview.ts";

const rule = (more: object): PrivacyRule => ({
  name: "bank",
  match_agent: "*",
  field: "data.title",
  glob: "*bank*",
  action: "redact",
  ...more,
});

async function* kept(...sent: [label: string, data: object][]): AsyncGenerator<{ record: EvidenceRecord }> {
  for (const [index, [label, data]] of sent.entries()) {
    const who = { agent_label: label, instance_id: "i", plugin_id: "p", run_id: "r", trust: "trusted" as const };
    const record = { kind: "message" as const, seq: index + 1, received_at: "2026-11-21T09:00:00Z", salt: "s", ...who };
    yield { record: { ...record, message: { type: "summary", data } } };
  }
}

test("a dry run counts what each rule would hit, by agent, and shows the newest", async () => {
  const titles = Array.from({ length: 7 }, (_, index): [string, object] => ["window", { title: `bank ${index}` }]);
  const records = kept(...titles, ["browser", { title: ["x", "The Bank"] }], ["git", { title: "branch" }]);
  const { rules, records: count } = await previewPrivacy([rule({}), rule({ match_agent: "git", glob: "z" })], records);
  expect(count).toBe(9);
  expect(rules[0]).toMatchObject({
    records: 8,
    redacted: 0,
    agents: { browser: 1, window: 7 },
    seqs: [8, 7, 6, 5, 4],
    values: ['["x","The Bank"]', '"bank 6"', '"bank 5"', '"bank 4"', '"bank 3"'],
  });
  expect(rules[1]).toMatchObject({ records: 0, agents: {}, seqs: [] });
});

test("what was redacted already is told apart; rules that drop show what they go by", async () => {
  const records = kept(["window", { title: "[redacted]" }], ["window", { title: "my bank" }]);
  const { rules } = await previewPrivacy([rule({ action: "drop" })], records);
  expect(rules[0]).toMatchObject({ records: 1, redacted: 1, seqs: [2], values: ['"my bank"'] });
});

test("a rule that takes what a message must have is counted, without a value", async () => {
  const { rules } = await previewPrivacy([rule({ field: "data" })], kept(["window", { title: "my bank" }]));
  expect(rules[0]).toMatchObject({ records: 1, seqs: [1], values: [] });
});
