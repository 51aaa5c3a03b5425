import { manualClock } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import type { ClockFinding } from "../../src/time/clock-findings.ts";
import { watchClock } from "../../src/time/clock-watch.ts";

function watched(start: { bootMs?: number | null } = {}) {
  const clock = manualClock(start);
  const found: ClockFinding[] = [];
  const watch = watchClock({ clock, tickMs: () => 1_000, found: (finding) => found.push(finding) });
  return { clock, found, watch };
}

test("days in which nothing happens to the clocks leave no word", () => {
  const { clock, found } = watched();
  clock.advance(2 * 86_400_000);
  expect(found).toEqual([]);
});

test("each sleep, stall and step is told once, within a second of waking", () => {
  const { clock, found } = watched();
  clock.advance(10_000);
  clock.suspend(60_000);
  clock.advance(1_000);
  clock.stall(40_000);
  clock.jumpWall(5_000);
  clock.advance(60_000);
  expect(found.map((finding) => (finding.kind === "gap" ? finding.reason : finding.byMs))).toEqual([
    "suspend",
    "stall",
    5_000,
  ]);
});

test("a sleep between two lines of one reading is a gap and no clock step", () => {
  const { clock, found, watch } = watched();
  const { ticksMs } = clock;
  let sleeps = 1;
  clock.ticksMs = () => {
    const ticks = ticksMs();
    // The wall clock was read before this; it and the boot clock go on.
    if (ticks >= 5_000 && sleeps-- > 0) clock.suspend(3_600_000);
    return ticks;
  };
  clock.advance(20_000);
  expect(found).toMatchObject([{ kind: "gap", reason: "suspend" }]);
  watch.close();
});

test("a rare tick does not make a gap swallow what was watched before it", () => {
  const clock = manualClock();
  const found: ClockFinding[] = [];
  watchClock({ clock, tickMs: () => 3_600_000, found: (finding) => found.push(finding) });
  clock.advance(1_800_000);
  clock.suspend(60_000);
  clock.advance(10_000);
  const [gap] = found;
  expect(gap?.kind === "gap" && gap.toMs - gap.fromMs).toBeLessThanOrEqual(65_000);
});

test("without a boot clock a stall is suspend-or-stall", () => {
  const { clock, found } = watched({ bootMs: null });
  clock.advance(5_000);
  clock.stall(45_000);
  expect(found).toMatchObject([{ kind: "gap", reason: "suspend-or-stall" }]);
});

test("closing leaves no timer behind", () => {
  const { clock, watch } = watched();
  watch.close();
  expect(clock.pending).toBe(0);
});
