import { expect, test } from "vitest";
import { columnsOf } from "../../src/page/timeline-parts/columns.ts";
import { heatMapOf, totalOf } from "../../src/page/timeline-parts/heat.ts";
import { scaleOf } from "../../src/page/timeline-parts/scale.ts";

const DAY_MS = 86_400_000;
const from = Date.UTC(2025, 10, 22);
const days = Array.from({ length: 365 }, (_, index) => {
  const start = from + index * DAY_MS;
  const isWeekend = [0, 6].includes(new Date(start).getUTCDay());
  return {
    date: new Date(start).toISOString().slice(0, 10),
    start: new Date(start).toISOString(),
    end: new Date(start + DAY_MS).toISOString(),
    worked_s: isWeekend || index < 30 ? 0 : 3_600 * (1 + (index % 8)),
    reconstructed_s: isWeekend || index >= 30 ? 0 : 3_600 * (1 + (index % 8)),
  };
});

test("a year is at most 53 weeks of seven days, each in its own place", () => {
  const { cells, columns } = heatMapOf(days);
  expect(columns).toBe(53);
  expect(new Set(cells.map(({ column, row }) => `${column}:${row}`)).size).toBe(365);
  // 22 November 2025 is a Saturday.
  expect(cells[0]).toMatchObject({ column: 0, row: 5, level: 0 });
  expect(cells[2]).toMatchObject({ column: 1, row: 0, isReconstructed: true });
});

test("months are named at the week of their first day", () => {
  const { months } = heatMapOf(days);
  expect(months).toHaveLength(12);
  expect(months[0]).toEqual({ month: "2025-12", column: 2 });
});

test("shades go by what is a full day for this reader", () => {
  const { cells, fullDay_s } = heatMapOf(days);
  expect(fullDay_s).toBe(6 * 3_600);
  const levels = new Map(cells.map(({ day, level }) => [totalOf(day) / 3_600, level]));
  expect([0, 1, 3, 5, 8].map((hours) => levels.get(hours))).toEqual([0, 1, 2, 3, 4]);
  expect(heatMapOf([]).cells).toEqual([]);
  expect(heatMapOf([{ date: "2026-02-01", worked_s: 60, reconstructed_s: 0 }]).cells[0]?.level).toBe(4);
});

test("columns of days are as high as the day was long, the reconstructed part apart", () => {
  const week = { fromMs: from, toMs: from + 7 * DAY_MS };
  const columns = columnsOf(days, scaleOf(week, 700), 100, 8 * 3_600);
  expect(columns).toHaveLength(7);
  expect(columns.map(({ height }) => Math.round(height))).toEqual([0, 0, 38, 50, 63, 75, 88]);
  expect(columns[2]).toMatchObject({ x: 206, width: 88, reconstructed: 37.5 });
});
