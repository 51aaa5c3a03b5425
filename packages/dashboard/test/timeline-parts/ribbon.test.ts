import fc from "fast-check";
import { expect, test } from "vitest";
import { barPath, barsOf, itemAt } from "../../src/page/timeline-parts/bars.ts";
import { piecesOf } from "../../src/page/timeline-parts/pieces.ts";
import { scaleOf } from "../../src/page/timeline-parts/scale.ts";
import { workedIn } from "../../src/page/timeline-parts/worked.ts";

const at = (clock: string) => `2026-11-21T${clock}:00.000Z`;
const ms = (clock: string) => Date.parse(at(clock));
const morning = {
  id: "c:1",
  start: at("09:00"),
  end: at("12:00"),
  gaps: [{ from: at("10:00"), to: at("10:30"), reason: "suspend" }],
  confidence: "observed" as const,
};
const evening = { id: "c:9", start: at("19:00"), end: at("20:00"), gaps: [], confidence: "reconstructed" as const };

test("a segment is drawn without its gaps, and they are drawn as what they are", () => {
  expect(piecesOf([morning]).map(({ kind, fromMs, toMs }) => [kind, fromMs, toMs])).toEqual([
    ["observed", ms("09:00"), ms("10:00")],
    ["gap", ms("10:00"), ms("10:30")],
    ["observed", ms("10:30"), ms("12:00")],
  ]);
});

test("a gap outside is drawn where no segment says better", () => {
  const night = { fromMs: ms("11:00"), toMs: ms("19:30"), reason: "collector-down" };
  const pieces = piecesOf([morning, evening], [night]);
  expect(pieces.filter(({ segmentId }) => segmentId === undefined)).toEqual([
    { kind: "gap", fromMs: ms("12:00"), toMs: ms("19:00"), reason: "collector-down" },
  ]);
});

test("a gap that has no part of its segment is not drawn", () => {
  const before = { from: at("07:00"), to: at("08:00"), reason: "suspend" };
  const pieces = piecesOf([{ ...morning, gaps: [before, ...morning.gaps] }]);
  expect(pieces.map(({ kind }) => kind)).toEqual(["observed", "gap", "observed"]);
});

test("what begins beyond the right edge is no bar; what ends within another leaves that as long as it is", () => {
  const scale = scaleOf({ fromMs: 0, toMs: 100 }, 100);
  const items = [
    { fromMs: 0, toMs: 50 },
    { fromMs: 10, toMs: 20 },
    { fromMs: 101, toMs: 150 },
  ];
  expect(barsOf(items, scale)).toEqual([{ x: 0, width: 50, first: 0, last: 1 }]);
});

test("a moment of work is still to be seen", () => {
  const moment = { ...morning, end: morning.start, gaps: [] };
  const bars = barsOf(piecesOf([moment]), scaleOf({ fromMs: ms("08:00"), toMs: ms("18:00") }, 600), 2);
  expect(bars).toEqual([{ x: 60, width: 2, first: 0, last: 0 }]);
});

test("worked time leaves gaps out and counts what lies inside only", () => {
  const worked = workedIn([morning, evening], { fromMs: ms("09:30"), toMs: ms("23:00") });
  expect(worked).toEqual({
    worked_s: 3 * 3_600,
    reconstructed_s: 3_600,
    firstMs: ms("09:30"),
    lastMs: ms("20:00"),
    longest_s: 5_400,
  });
});

test("work that ends as the day begins is none of it", () => {
  const none = { worked_s: 0, reconstructed_s: 0, firstMs: null, lastMs: null, longest_s: 0 };
  expect(workedIn([morning], { fromMs: ms("12:00"), toMs: ms("18:00") })).toEqual(none);
  expect(workedIn([morning], { fromMs: ms("06:00"), toMs: ms("09:00") })).toEqual(none);
});

test("a path has a shape for each bar, round where there is room", () => {
  const bar = { first: 0, last: 0 };
  expect(barPath([{ ...bar, x: 10, width: 1 }], 4, 20, 4)).toBe("M10 4h1v20h-1z");
  expect(barPath([{ ...bar, x: 10, width: 40 }], 0, 20, 4)).toContain("a4 4 0 0 1 4 4");
});

test("pointing finds the bar under the pointer, else the nearest one within reach", () => {
  const pieces = [
    { fromMs: 0, toMs: 10 },
    { fromMs: 20, toMs: 30 },
    { fromMs: 50, toMs: 50 },
  ];
  expect([5, 12, 18, 40, 48].map((moment) => itemAt(pieces, moment, 3))).toEqual([0, 0, 1, -1, 2]);
  expect(itemAt(pieces, 15, 5), "as near to both: the first").toBe(0);
});

test("fifty thousand records are no more bars than pixels, in order, and every record is in one", () => {
  const lengths = fc.array(fc.tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 5_000 })), {
    minLength: 1,
    maxLength: 2_000,
  });
  fc.assert(
    fc.property(lengths, fc.integer({ min: 20, max: 1_500 }), (all, width) => {
      let now = 0;
      const items = all.map(([pause, length]) => {
        const fromMs = now + pause;
        now = fromMs + length;
        return { fromMs, toMs: now };
      });
      const bars = barsOf(items, scaleOf({ fromMs: 0, toMs: now + 1 }, width));
      expect(bars.length).toBeLessThanOrEqual(width);
      expect(bars[0]?.first).toBe(0);
      expect(bars.at(-1)?.last).toBe(items.length - 1);
      for (const [index, bar] of bars.entries()) {
        const before = bars[index - 1];
        if (before === undefined) continue;
        expect(bar.x).toBeGreaterThan(before.x + before.width);
        expect(bar.first).toBe(before.last + 1);
      }
    }),
    { numRuns: 60 },
  );
});
