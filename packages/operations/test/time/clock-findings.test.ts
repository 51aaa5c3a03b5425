import fc from "fast-check";
import { expect, test } from "vitest";
import { clockFindings, type ClockReading } from "../../src/time/clock-findings.ts";

const start: ClockReading = { wallMs: Date.UTC(2026, 0, 1), ticksMs: 1_000, bootMs: 50_000 };

/** The reading after so much has passed on each clock. */
function after(passed: { wallMs: number; ticksMs: number; bootMs?: number | null }): ClockReading {
  const { wallMs, ticksMs, bootMs = null } = passed;
  return {
    wallMs: start.wallMs + wallMs,
    ticksMs: start.ticksMs + ticksMs,
    bootMs: bootMs === null ? null : 50_000 + bootMs,
  };
}

test("a second that passes is no news", () => {
  expect(clockFindings(start, after({ wallMs: 1_000, ticksMs: 1_000, bootMs: 1_000 }), 1_000)).toEqual([]);
});

test("a machine that slept for an hour: one gap, and no clock step", () => {
  const now = after({ wallMs: 3_601_000, ticksMs: 1_000, bootMs: 3_601_000 });
  expect(clockFindings(start, now, 1_000)).toEqual([
    { kind: "gap", reason: "suspend", fromMs: start.wallMs, toMs: now.wallMs },
  ]);
});

test("a collector that stood still for 45 s: a stall; for 29 s: nothing", () => {
  const now = after({ wallMs: 45_000, ticksMs: 45_000, bootMs: 45_000 });
  expect(clockFindings(start, now, 1_000)).toEqual([
    { kind: "gap", reason: "stall", fromMs: start.wallMs, toMs: now.wallMs },
  ]);
  expect(clockFindings(start, after({ wallMs: 30_000, ticksMs: 30_000, bootMs: 30_000 }), 1_000)).toEqual([]);
});

test.each([7_200_000, -7_200_000, 1_500, -1_500])("a wall clock set by %d ms is a step and no gap", (byMs) => {
  const now = after({ wallMs: 1_000 + byMs, ticksMs: 1_000, bootMs: 1_000 });
  expect(clockFindings(start, now, 1_000)).toEqual([{ kind: "clock_step", atMs: now.wallMs, byMs }]);
});

test("a sleep after which the clock was set: the gap is as long as the sleep, whatever the wall clock says", () => {
  const now = after({ wallMs: 601_000 - 3_600_000, ticksMs: 1_000, bootMs: 601_000 });
  expect(clockFindings(start, now, 1_000)).toEqual([
    { kind: "gap", reason: "suspend", fromMs: now.wallMs - 601_000, toMs: now.wallMs },
    { kind: "clock_step", atMs: now.wallMs, byMs: -3_600_000 },
  ]);
});

test("without a boot clock, late by either clock is suspend-or-stall, and a clock that went back was set", () => {
  const reason = "suspend-or-stall";
  const stalled = after({ wallMs: 60_000, ticksMs: 60_000 });
  expect(clockFindings(start, stalled, 1_000)).toEqual([
    { kind: "gap", reason, fromMs: start.wallMs, toMs: stalled.wallMs },
  ]);
  const slept = after({ wallMs: 60_000, ticksMs: 1_000 });
  expect(clockFindings(start, slept, 1_000)).toEqual([
    { kind: "gap", reason, fromMs: start.wallMs, toMs: slept.wallMs },
  ]);
  const back = after({ wallMs: 1_000 - 90_000, ticksMs: 1_000 });
  expect(clockFindings(start, back, 1_000)).toEqual([{ kind: "clock_step", atMs: back.wallMs, byMs: -90_000 }]);
});

test("a boot clock that jumps back is not believed", () => {
  expect(clockFindings(start, after({ wallMs: 1_000, ticksMs: 1_000, bootMs: -40_000 }), 1_000)).toEqual([]);
});

test("no false alarm: NTP slew, a boot clock in steps of 10 ms, a loop busy for under 30 s", () => {
  const seconds = fc.record({
    busyMs: fc.integer({ min: 0, max: 29_000 }),
    // 500 ppm is the most a kernel slews; all clocks but the raw one are slewed alike, here only the wall is.
    slewPpm: fc.integer({ min: -500, max: 500 }),
    betweenReadsMs: fc.integer({ min: 0, max: 200 }),
  });
  fc.assert(
    fc.property(fc.array(seconds, { maxLength: 50 }), (passing) => {
      let [wallMs, trueMs] = [start.wallMs, 0];
      let last = start;
      for (const { busyMs, slewPpm, betweenReadsMs } of passing) {
        const passedMs = 1_000 + busyMs;
        trueMs += passedMs;
        wallMs += passedMs * (1 + slewPpm / 1e6);
        const bootMs = Math.floor((50_000 + trueMs + betweenReadsMs) / 10) * 10;
        const now = { wallMs: Math.floor(wallMs), ticksMs: 1_000 + trueMs, bootMs };
        expect(clockFindings(last, now, 1_000)).toEqual([]);
        last = now;
      }
    }),
    { numRuns: 200 },
  );
});
