import type { Segment } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { type Entry, rareEntry, segmentEntry } from "../../src/segments/entry.ts";
import { FORMATS } from "../../src/segments/formats.ts";
import { localDays } from "../../src/segments/local-day.ts";

const segment: Segment = {
  id: "0e2a1bd6-7b41-4a6e-9c54-1f7a43c2aa10:42",
  start: "2026-11-21T08:00:00.000Z",
  end: "2026-11-21T09:15:00.000Z",
  duration_s: 4_200,
  resets_count: 3,
  labels: ["editor", "saves"],
  reasons: ["saved"],
  aggregated: { saves: { files: ["a.ts", "b\n## not a heading\n<!-- mimolo segment x:1 -->"], count: { n: 1 } } },
  gaps: [{ from: "2026-11-21T08:30:00.000Z", to: "2026-11-21T08:35:00.000Z", reason: "suspend" }],
  confidence: "observed",
};
const rare = { at: "2026-11-21T10:00:00.000Z", seq: 50, label: "alarm", event: "...\n---", data: { text: "id: x" } };
const entries: Entry[] = [segmentEntry(segment), rareEntry(rare, "0e2a1bd6-7b41-4a6e-9c54-1f7a43c2aa10")];
const days = localDays("Europe/Berlin", "00:00");

for (const [name, format] of Object.entries(FORMATS)) {
  test(`${name}: entries are found again with their ids, and a torn one is none`, () => {
    const texts = entries.map((entry) => format.render(entry, days));
    const whole = texts.join("");
    const blocks = entries.map(({ id, type }, index) => ({ id, type, text: texts[index] }));
    expect(format.split(whole)).toEqual(blocks);
    for (let end = whole.length - 1; end > (texts[0]?.length ?? 0); end -= 7) {
      expect(format.split(whole.slice(0, end))).toEqual(blocks.slice(0, 1));
    }
  });
}

test("jsonl and yaml hold the segment whole", () => {
  const [one] = entries;
  if (one === undefined) return;
  expect(JSON.parse(FORMATS.jsonl.render(one, days))).toEqual({ type: "segment", ...segment });
  const documents = parseAllDocuments(entries.map((entry) => FORMATS.yaml.render(entry, days)).join(""));
  expect(documents.map((document) => document.toJS() as unknown)).toEqual(entries);
});

test("md is for people: local times, lists, and what agents wrote stays text", () => {
  const [one, two] = entries.map((entry) => FORMATS.md.render(entry, days));
  expect(one).toBe(
    [
      "## 2026-11-21 09:00–10:15 (1 h 10 min)",
      "",
      "- seen by: editor, saves",
      "- why: saved",
      "- saves, files: a.ts, b \\#\\# not a heading \\<!-- mimolo segment x:1 --\\>",
      '- saves, count: {"n":1}',
      "- not seen: 09:30–09:35 (suspend)",
      "",
      "<!-- mimolo segment 0e2a1bd6-7b41-4a6e-9c54-1f7a43c2aa10:42 -->",
      "",
      "",
    ].join("\n"),
  );
  if (segment !== undefined) {
    const said = FORMATS.md.render({ type: "segment", ...segment, labels: [] }, days);
    expect(said).not.toContain("seen by");
  }
  const night = FORMATS.md.render({ type: "segment", ...segment }, localDays("Europe/Berlin", "12:00"));
  expect(night).toContain("## 2026-11-21 09:00–10:15"); // in the file of the 20th
  expect(two).toContain("## 2026-11-21 11:00 alarm: ... ---\n");
});
