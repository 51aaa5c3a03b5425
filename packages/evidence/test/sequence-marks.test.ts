import { expect, test } from "vitest";
import { MOST_STREAMS, parseRecord, SequenceMarks } from "../src/index.ts";

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

test("what was missing is new when it comes after all, once", () => {
  const marks = new SequenceMarks();
  const mark = marks.of("i", "s");
  mark.note(1, 10);
  mark.miss(2, 5);
  expect([mark.through, marks.check("i", "s", 4), marks.check("i", "s", 6)]).toEqual([5, "new", "new"]);
  mark.note(4, 20);
  expect([2, 3, 4, 5].map((seq) => mark.check(seq))).toEqual(["new", "new", "duplicate", "new"]);
  expect([mark.through, mark.heardMs]).toEqual([5, 20]);
});

test("the ledger brings back what is missing, and what of it came late", () => {
  const marks = new SequenceMarks();
  const frame = { received_at: "2026-11-21T09:00:00Z", salt: "A".repeat(22), instance_id: "i", agent_label: "a" };
  const gap = { reason: "missing-seq", stream: "s", seq_from: 1, seq_to: 3 };
  const records = [
    { seq: 1, kind: "gap", ...frame, data: gap },
    { seq: 2, kind: "message", ...frame, stream: "s", agent_seq: 4, message: {} },
    { seq: 3, kind: "message", ...frame, stream: "s", agent_seq: 2, message: {} },
  ];
  for (const record of records) marks.noteRecord(parseRecord(JSON.stringify(record)));
  expect([1, 2, 3, 4, 5].map((seq) => marks.check("i", "s", seq))).toEqual([
    "new",
    "duplicate",
    "new",
    "duplicate",
    "new",
  ]);
  expect(marks.of("i", "s").heardMs).toBe(Date.UTC(2026, 10, 21, 9));
});

test("of streams without end those last heard of are known, for each instance", () => {
  const marks = new SequenceMarks();
  marks.note("other", "s", 9, 1);
  for (let n = 1; n <= 1_000; n += 1) {
    marks.note("i", `s-${n}`, n, n);
    marks.note("i", "s-1", n, n);
  }
  expect(marks.through("i", "s-1")).toBe(1_000);
  expect(marks.through("i", "s-2")).toBe(0);
  expect(marks.through("i", `s-${1_001 - MOST_STREAMS + 1}`)).toBeGreaterThan(0);
  expect(marks.through("i", `s-${1_001 - MOST_STREAMS}`)).toBe(0);
  expect(marks.through("other", "s")).toBe(9);
});

test("holes without end are forgotten from below", () => {
  const mark = new SequenceMarks().of("i", "s");
  for (let n = 1; n <= 100; n += 1) {
    mark.miss(n * 10, n * 10 + 4);
    mark.note(n * 10 + 5, n);
  }
  expect([mark.check(10), mark.check(1_002)]).toEqual(["duplicate", "new"]);
});
