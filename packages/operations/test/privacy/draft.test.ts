import type { EvidenceRecord, PrivacyRule } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { previewDraft } from "../../src/privacy/draft.ts";

let seq = 0;
function record(title: unknown, label = "browser"): EvidenceRecord {
  const message = { type: "summary", data: { title } };
  const frame = { seq: ++seq, kind: "message", received_at: "2026-11-21T09:00:00Z", salt: "c2FsdHNhbHRzYWx0c2FsdA" };
  return { ...frame, agent_label: label, instance_id: label, plugin_id: label, message } as unknown as EvidenceRecord;
}

const rule = (more: Partial<PrivacyRule>): PrivacyRule => ({
  name: "banks",
  match_agent: "*",
  field: "data.title",
  action: "redact",
  glob: "*bank*",
  ...more,
});

async function preview(rules: readonly PrivacyRule[], records: readonly EvidenceRecord[], most = 20) {
  const kept = (async function* () {
    for (const each of records) yield { record: each };
  })();
  return await previewDraft(rules, kept, most);
}

test("a draft tells what it would have changed, and into what, newest first", async () => {
  const records = [record("My Bank"), record("Editor"), record("[redacted]"), record("A bank", "other")];
  const [first, , , last] = records.map((each) => each.seq);
  expect(await preview([rule({}), rule({ name: "other", match_agent: "other", action: "drop" })], records)).toEqual({
    records: 4,
    matched: 2,
    examples: [
      {
        seq: last,
        at: "2026-11-21T09:00:00Z",
        label: "other",
        rule: "other",
        effect: "drop",
        before: '"A bank"',
        after: null,
      },
      {
        seq: last,
        at: "2026-11-21T09:00:00Z",
        label: "other",
        rule: "banks",
        effect: "redact",
        before: '"A bank"',
        after: '"[redacted]"',
      },
      {
        seq: first,
        at: "2026-11-21T09:00:00Z",
        label: "browser",
        rule: "banks",
        effect: "redact",
        before: '"My Bank"',
        after: '"[redacted]"',
      },
    ],
  });
});

test("a rule that would take what a record must have shows what would be lost, and there are never more examples than asked", async () => {
  const records = Array.from({ length: 50 }, (_, index) => record(`bank ${index} ${"x".repeat(1_000)}`));
  const found = await preview([rule({ field: "data", glob: "*" })], records, 3);
  expect(found).toMatchObject({ records: 50, matched: 50 });
  expect(found.examples.map(({ effect, after }) => [effect, after])).toEqual(
    Array.from({ length: 3 }, () => ["drop", null]),
  );
  expect(found.examples[0]?.before).toMatch(/^\{"title":"bank 49 x+…$/);
});
