import type { Segment } from "@mimolo/protocol";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { plain } from "../../src/present/colour.ts";
import { timelineLines, workedMs } from "../../src/present/timeline.ts";

beforeEach(() => {
  vi.stubEnv("TZ", "Europe/Berlin");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const NOW = Date.parse("2026-11-21T17:00:00Z");

function segment(start: string, end: string, more: Partial<Segment> = {}): Segment {
  return {
    id: `c:${start}`,
    start,
    end,
    duration_s: (Date.parse(end) - Date.parse(start)) / 1000,
    resets_count: 3,
    labels: ["folder-activity"],
    reasons: [],
    aggregated: {},
    gaps: [],
    confidence: "observed",
    ...more,
  };
}

const yesterday = segment("2026-11-20T08:00:00Z", "2026-11-20T10:00:00Z", {
  confidence: "reconstructed",
  labels: ["git"],
});
const morning = segment("2026-11-21T08:00:00Z", "2026-11-21T11:00:00Z", {
  gaps: [{ from: "2026-11-21T09:00:00Z", to: "2026-11-21T10:00:00Z", reason: "suspend" }],
  duration_s: 7200,
});
const now = segment("2026-11-21T16:30:00Z", "2026-11-21T16:59:00Z");

test("away from a terminal the timeline is a table", () => {
  const report = { segments: [yesterday, morning], open: now };
  expect(timelineLines(report, { range: {}, nowMs: NOW, columns: undefined }, plain)).toEqual([
    "DAY         FROM   TO         WORKED  HOW            SEEN BY",
    "Fri 20 Nov  09:00  11:00  2 h 00 min  reconstructed  git",
    "Sat 21 Nov  09:00  12:00  2 h 00 min  observed       folder-activity",
    "Sat 21 Nov  17:30  now        29 min  observed       folder-activity",
  ]);
});

test("the table ends where the terminal ends; labels go on below", () => {
  const labels = ["folder-activity", "git-activity", "system-load"];
  const report = { segments: [{ ...morning, labels }], open: null };
  const lines = timelineLines(report, { range: {}, nowMs: NOW, columns: 76 }, plain);
  expect(lines.slice(-3)).toEqual([
    "DAY         FROM   TO         WORKED  HOW       SEEN BY",
    "Sat 21 Nov  09:00  12:00  2 h 00 min  observed  folder-activity,",
    "                                                git-activity, system-load",
  ]);
});

test("at a terminal each day has a ribbon: reconstructed work differs, gaps are hatched, the future is blank", () => {
  const report = { segments: [yesterday, morning], open: now };
  const lines = timelineLines(report, { range: {}, nowMs: NOW, columns: 74 }, plain);
  expect(lines.slice(0, 6)).toEqual([
    "Fri 20 Nov  ··················▒▒▒▒··························  2 h 00 min",
    "Sat 21 Nov  ··················██╱╱██···········█              2 h 29 min",
    "            00    03    06    09    12    15    18    21",
    "",
    "▁▄█ observed work   ▒ reconstructed, not observed   ╱ gap",
    "",
  ]);
});

test("without a range people see the last seven days and how to ask for more", () => {
  const days = Array.from({ length: 9 }, (_, index) => {
    const day = String(index + 10).padStart(2, "0");
    return segment(`2026-11-${day}T08:00:00Z`, `2026-11-${day}T09:00:00Z`);
  });
  const view = { nowMs: NOW, columns: undefined };
  const shown = timelineLines({ segments: days, open: null }, { ...view, range: {} }, plain);
  expect(shown).toHaveLength(1 + 7 + 2);
  expect(shown.at(-1)).toBe("The last 7 of 9 days with work; `mimolo timeline --from 2026-11-10` shows all.");
  const asked = { ...view, range: { fromMs: 0 } };
  expect(timelineLines({ segments: days, open: null }, asked, plain)).toHaveLength(1 + 9);
});

test("no work says so, and how it would come", () => {
  const lines = timelineLines({ segments: [], open: null }, { range: {}, nowMs: NOW, columns: 80 }, plain);
  expect(lines).toEqual(["No work in that time. `mimolo run` watches; `mimolo timeline --help` shows how to ask."]);
});

test("beside a collector that has seen nothing yet it says who watches", () => {
  const lines = (watching: number) =>
    timelineLines({ segments: [], open: null }, { range: {}, nowMs: NOW, columns: 80, watching }, plain);
  expect(lines(3)).toEqual(["No work in that time. 3 agents watch; the first change shows within a minute."]);
  expect(lines(1)).toEqual(["No work in that time. 1 agent watches; the first change shows within a minute."]);
  expect(lines(0)[0]).toContain("`mimolo run` watches");
});

test("work over midnight stands on both days, gaps on neither", () => {
  const night = segment("2026-11-20T22:00:00Z", "2026-11-21T00:00:00Z");
  const midnight = Date.parse("2026-11-20T23:00:00Z");
  expect(workedMs(night, midnight - 86_400_000, midnight)).toBe(3_600_000);
  expect(workedMs(night, midnight, midnight + 86_400_000)).toBe(3_600_000);
  expect(workedMs(morning, 0, NOW)).toBe(7_200_000);
  const lines = timelineLines({ segments: [night], open: null }, { range: {}, nowMs: NOW, columns: undefined }, plain);
  expect(lines[1]).toBe("Fri 20 Nov  23:00  01:00 (Sat 21 Nov)  2 h 00 min  observed  folder-activity");
});
