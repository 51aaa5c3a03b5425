import * as fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { plain } from "../../src/present/colour.ts";
import { hourScale, type RibbonDay, ribbon } from "../../src/present/ribbon.ts";
import { startOfDay } from "../../src/parse/time.ts";

const H = 3_600_000;
const day = (more: Partial<RibbonDay> = {}): RibbonDay => ({
  startMs: 0,
  endMs: 24 * H,
  observed: [],
  reconstructed: [],
  gaps: [],
  nowMs: 24 * H,
  ...more,
});

afterEach(() => {
  vi.unstubAllEnvs();
});

test("cells rise with the share of observed work; reconstructed time and gaps look different", () => {
  const drawn = ribbon(
    day({
      observed: [
        { startMs: 8 * H, endMs: 10.5 * H },
        { startMs: 14 * H, endMs: 14 * H },
      ],
      reconstructed: [{ startMs: 2 * H, endMs: 4 * H }],
      gaps: [{ startMs: 11 * H, endMs: 13 * H }],
      nowMs: 20 * H,
    }),
    24,
    plain,
  );
  expect(drawn).toBe("··▒▒····██▄╱╱·▁·····    ");
});

test("observed work hides what was reconstructed for the same time", () => {
  const stretch = [{ startMs: 0, endMs: 24 * H }];
  expect(ribbon(day({ observed: stretch, reconstructed: stretch }), 4, plain)).toBe("████");
});

test("the ribbon is as wide as asked, whatever happened", () => {
  const stretch = fc
    .tuple(fc.integer({ min: -5 * H, max: 30 * H }), fc.integer({ min: 0, max: 10 * H }))
    .map(([startMs, length]) => ({ startMs, endMs: startMs + length }));
  const stretches = fc.array(stretch, { maxLength: 5 });
  fc.assert(
    fc.property(
      stretches,
      stretches,
      stretches,
      fc.integer({ min: 1, max: 200 }),
      (observed, reconstructed, gaps, width) => {
        expect(Array.from(ribbon(day({ observed, reconstructed, gaps }), width, plain))).toHaveLength(width);
      },
    ),
    { numRuns: 100 },
  );
});

test("the scale names the hours where they are, also on a day of 25 hours", () => {
  vi.stubEnv("TZ", "Europe/Berlin");
  const noon = Date.parse("2026-11-21T11:00:00Z");
  expect(hourScale({ startMs: startOfDay(noon), endMs: startOfDay(noon, 1) }, 48)).toBe(
    "00    03    06    09    12    15    18    21",
  );
  const longer = Date.parse("2026-10-25T11:00:00Z");
  expect(hourScale({ startMs: startOfDay(longer), endMs: startOfDay(longer, 1) }, 50)).toBe(
    "00      03    06    09    12    15    18    21",
  );
});
