import { expect, test } from "vitest";
import { parseRecord, SequenceMarks } from "../src/index.ts";

test("a number is new, a duplicate, or a jump that names what is missing", () => {
  const marks = new SequenceMarks();
  expect(marks.check("i", "s", 1)).toBe("new");
  marks.note("i", "s", 1);
  expect(marks.check("i", "s", 1)).toBe("duplicate");
  expect(marks.check("i", "s", 2)).toBe("new");
  expect(marks.check("i", "s", 5)).toEqual({ missingFrom: 2, missingTo: 4 });
});

test("streams and instances do not know each other", () => {
  const marks = new SequenceMarks();
  marks.note("i", "s", 3);
  expect([marks.through("i", "s"), marks.through("i", "t"), marks.through("j", "s")]).toEqual([3, 0, 0]);
});

test("marks never fall", () => {
  const marks = new SequenceMarks();
  marks.note("i", "s", 5);
  marks.note("i", "s", 2);
  expect(marks.through("i", "s")).toBe(5);
});

test("the ledger's own records bring the marks back: messages, and gaps that settled what was missing", () => {
  const marks = new SequenceMarks();
  const frame = { received_at: "2026-11-21T09:00:00Z", salt: "A".repeat(22), instance_id: "i", agent_label: "a" };
  const records = [
    { seq: 0, kind: "message", ...frame, stream: "s", agent_seq: 4, message: {} },
    { seq: 1, kind: "message", ...frame, message: {} },
    { seq: 2, kind: "gap", ...frame, data: { reason: "missing-seq", stream: "s", seq_from: 5, seq_to: 8 } },
    { seq: 3, kind: "gap", ...frame, data: { reason: "stall" } },
  ];
  for (const record of records) marks.noteRecord(parseRecord(JSON.stringify(record)));
  expect(marks.through("i", "s")).toBe(8);
});
