import type { EvidenceRecord } from "@mimolo/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { filterOf, queryOf, rangeOf } from "../../../src/page/views/evidence/filter.ts";
import { readRange, type ReadPage } from "../../../src/page/views/evidence/read-range.ts";
import { newestRow } from "../../../src/page/views/evidence/newest-row.ts";
import { MOST_ROWS, RowList, rowsWith } from "../../../src/page/views/evidence/row-list.ts";
import type { Row } from "../../../src/page/views/evidence/row.ts";
import { sliceBefore, type ReadSlice } from "../../../src/page/views/evidence/slices.ts";
import { verifiedText } from "../../../src/page/views/evidence/verified.ts";
import { rowAfterKey, scrollTopFor, visibleRows } from "../../../src/page/views/evidence/visible-rows.ts";

const row = (seq: number, gist = ""): Row => ({ seq, atMs: seq, kind: "message", label: "work", gist });
const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => row(from + index));

test("newest records stand first, each once, whatever comes twice", () => {
  const list = new RowList();
  expect(list.addOlder(rows(10, 15))).toBe(5);
  expect(list.addOlder(rows(5, 12))).toBe(5);
  expect(list.addNewer(rows(13, 18))).toBe(3);
  expect(list.rows.map(({ seq }) => seq)).toEqual([17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5]);
});

test("a list that is full lets go of its oldest and says so", () => {
  const list = new RowList();
  list.addOlder(rows(10, MOST_ROWS + 20));
  expect(list.rows).toHaveLength(MOST_ROWS);
  expect(list.isFull).toBe(true);
  list.addNewer(rows(MOST_ROWS + 20, MOST_ROWS + 25));
  expect(list.rows).toHaveLength(MOST_ROWS);
  expect(list.rows[0]?.seq).toBe(MOST_ROWS + 24);
});

test("words are looked for in what is said, by whom, and by number", () => {
  const all = [row(7, "created 3"), row(8, "Nothing")];
  expect(rowsWith(all, " ")).toBe(all);
  expect(rowsWith(all, "CREATED")).toEqual([all[0]]);
  expect(rowsWith(all, "8")).toEqual([all[1]]);
  expect(rowsWith(all, "work")).toHaveLength(2);
});

test("slices cover a range once, from its end to its begin", () => {
  const counts = fc.array(fc.nat(3_000), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.nat(1_000_000_000), fc.integer({ min: 1, max: 86_400_000 }), counts, (fromMs, length, each) => {
      const range = { fromMs, toMs: fromMs + length };
      let last: ReadSlice | null = null;
      let [edge, asked] = [range.toMs, 0];
      for (let slice = sliceBefore(range, last); slice !== null; slice = sliceBefore(range, last)) {
        if (slice.toMs !== edge || slice.fromMs >= slice.toMs) throw new Error("leaves something out");
        edge = slice.fromMs;
        last = { ...slice, records: each[asked % each.length] ?? 0 };
        asked += 1;
      }
      expect(edge).toBe(range.fromMs);
    }),
    { numRuns: 50 },
  );
});

test("an empty year is read with a handful of questions, and a full hour in whole pages", async () => {
  const dayMs = 86_400_000;
  let questions = 0;
  const nothing: ReadPage = () => {
    questions += 1;
    return Promise.resolve({ items: [], next_cursor: null });
  };
  for await (const _ of readRange({ fromMs: 0, toMs: 365 * dayMs }, nothing));
  expect(questions).toBeLessThan(10);

  const all = Array.from(
    { length: 2_500 },
    (_, index): EvidenceRecord => ({
      seq: index + 1,
      received_at: new Date(index * 1_000).toISOString(),
      salt: "",
      kind: "clock_step",
      data: { at: "1970-01-01T00:00:00Z", by_ms: 1 },
    }),
  );
  const paged: ReadPage = ({ from, to, cursor = "0", limit }) => {
    const within = all.filter(({ seq, received_at }) => {
      const atMs = Date.parse(received_at);
      return seq > Number(cursor) && atMs >= Date.parse(from) && atMs < Date.parse(to);
    });
    const items = within.slice(0, limit);
    return Promise.resolve({ items, next_cursor: within.length > limit ? String(items.at(-1)?.seq) : null });
  };
  const list = new RowList();
  const shares: number[] = [];
  for await (const { rows: read, share } of readRange({ fromMs: 0, toMs: 3_600_000 }, paged)) {
    list.addOlder(read);
    shares.push(share);
  }
  expect(list.rows.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).toReversed());
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});

test("only what is in view is there, and a little beyond", () => {
  const viewport = { scrollTop: 36_000, height: 720, rowHeight: 36 };
  const { first, end } = visibleRows(50_000, viewport);
  expect(first).toBeLessThanOrEqual(1_000);
  expect(end).toBeGreaterThanOrEqual(1_020);
  expect(end - first).toBeLessThan(50);
  expect(visibleRows(3, viewport).end).toBe(3);
  expect(visibleRows(0, viewport)).toEqual({ first: 0, end: 0 });
});

test("whatever is scrolled to, the rows in view are there", () => {
  const numbers = fc.tuple(fc.nat(60_000), fc.nat(2_000_000), fc.nat(3_000), fc.integer({ min: 20, max: 60 }));
  fc.assert(
    fc.property(numbers, ([count, scrollTop, height, rowHeight]) => {
      const { first, end } = visibleRows(count, { scrollTop, height, rowHeight });
      expect(first).toBeGreaterThanOrEqual(0);
      expect(end).toBeLessThanOrEqual(count);
      const [top, bottom] = [Math.floor(scrollTop / rowHeight), Math.ceil((scrollTop + height) / rowHeight)];
      if (top < count) expect(first).toBeLessThanOrEqual(top);
      expect(end).toBeGreaterThanOrEqual(Math.min(count, bottom));
    }),
    { numRuns: 200 },
  );
});

test("keys lead through the list, and a row that is gone to comes into view", () => {
  const viewport = { scrollTop: 0, height: 360, rowHeight: 36 };
  expect(rowAfterKey("ArrowDown", 0, 100, viewport)).toBe(1);
  expect(rowAfterKey("PageDown", 0, 100, viewport)).toBe(9);
  expect(rowAfterKey("End", 0, 100, viewport)).toBe(99);
  expect(rowAfterKey("ArrowUp", 0, 100, viewport)).toBe(0);
  expect(rowAfterKey("x", 0, 100, viewport)).toBeNull();
  expect(scrollTopFor(99, viewport)).toBe(3_240);
  expect(scrollTopFor(3, viewport)).toBe(0);
  expect(scrollTopFor(3, { ...viewport, scrollTop: 500 })).toBe(108);
});

test("a filter stands in the address and comes back from it; what makes no sense is left out", () => {
  const filter = { from: "2026-11-01", to: "2026-11-03", agent: "work", kind: "gap", text: "a b" } as const;
  expect(queryOf(filter)).toEqual(filter);
  expect(filterOf(filter)).toEqual(filter);
  expect(Object.values(queryOf({ text: "" })).every((value) => value === undefined)).toBe(true);
  expect(filterOf({ from: "yesterday", kind: "strange", agent: "" })).toEqual({});
});

test("a range is whole days, today where nothing is said, and the other way round where it was mixed up", () => {
  const noon = new Date("2026-11-21T12:00:00").getTime();
  const day = (text: string) => new Date(`${text}T00:00:00`).getTime();
  expect(rangeOf({}, noon)).toEqual({ fromMs: day("2026-11-21"), toMs: day("2026-11-22") });
  expect(rangeOf({ from: "2026-11-20" }, noon)).toEqual({ fromMs: day("2026-11-20"), toMs: day("2026-11-22") });
  expect(rangeOf({ to: "2026-11-20" }, noon)).toEqual({ fromMs: day("2026-11-20"), toMs: day("2026-11-21") });
  expect(rangeOf({ from: "2026-11-05", to: "2026-11-01" }, noon)).toEqual({
    fromMs: day("2026-11-01"),
    toMs: day("2026-11-06"),
  });
});

test("the newest of a range is found from its end, and nothing is read beyond it", async () => {
  const hour = 3_600_000;
  const asked: string[] = [];
  const said = (seq: number) => ({ seq, kind: "message", received_at: new Date(hour).toISOString(), message: {} });
  const readPage: ReadPage = async ({ from, to }) => {
    asked.push(from);
    const isIn = Date.parse(from) <= hour && hour < Date.parse(to);
    return { items: (isIn ? [said(1), said(2)] : []) as unknown as EvidenceRecord[], next_cursor: null };
  };
  expect((await newestRow({ fromMs: 0, toMs: 3 * hour }, readPage))?.seq).toBe(2);
  expect(asked.filter((from) => Date.parse(from) <= hour)).toHaveLength(1);
  expect(await newestRow({ fromMs: 2 * hour, toMs: 3 * hour }, readPage)).toBeNull();
});

test("a day that two ledgers hold is one day", () => {
  const day = { date: "2026-11-22", state: "open", records: 370 } as const;
  const days = [
    { ...day, ledger: "evidence" },
    { ...day, ledger: "audit" },
  ] as unknown as Parameters<typeof verifiedText>[0];
  expect(verifiedText(days)).toBe("Intact: 740 records of 1 day, as they were written.");
});
