import type { Segment } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { collectorFigures } from "../src/figures.ts";

const local = { timeZone: "Europe/Berlin", dayStart: "00:00" };
const nowMs = Date.parse("2026-11-21T12:00:00Z");

function segment(start: string, end: string, more: Partial<Segment> = {}): Segment {
  const rest = { duration_s: 0, resets_count: 0, labels: [], reasons: [], aggregated: {}, gaps: [] };
  return { id: start, start, end, confidence: "observed", ...rest, ...more };
}

function figures(segments: Segment[], open: Segment | null = null) {
  const ledger = { committedSeq: 7, uncommittedBytes: 120 };
  const timeline = { segments, open, infrequent: [] };
  return collectorFigures({ records: 9, ledger, snapshot: () => timeline }, { ...local, nowMs });
}

test("the day's work begins where people live, goes on in the open segment, and leaves out its gaps", () => {
  const overnight = segment("2026-11-20T22:30:00Z", "2026-11-20T23:10:00Z");
  const withGap = segment("2026-11-21T09:00:00Z", "2026-11-21T10:00:00Z", {
    gaps: [{ from: "2026-11-21T09:10:00Z", to: "2026-11-21T09:30:00Z", reason: "sleep" }],
  });
  const open = segment("2026-11-21T11:50:00Z", "2026-11-21T11:59:00Z");
  const { workedTodayMs, isAtWork } = figures([overnight, withGap], open);
  // Midnight in Berlin is 23:00 UTC.
  expect(workedTodayMs).toEqual({ observed: (10 + 40 + 9) * 60_000, reconstructed: 0 });
  expect(isAtWork).toBe(true);
});

test("yesterday counts no more, and what was reconstructed is told apart", () => {
  const yesterday = segment("2026-11-20T08:00:00Z", "2026-11-20T16:00:00Z");
  const imported = segment("2026-11-21T08:00:00Z", "2026-11-21T08:30:00Z", { confidence: "reconstructed" });
  expect(figures([yesterday, imported])).toEqual({
    records: 9,
    committedSeq: 7,
    uncommittedBytes: 120,
    workedTodayMs: { observed: 0, reconstructed: 30 * 60_000 },
    isAtWork: false,
  });
});
