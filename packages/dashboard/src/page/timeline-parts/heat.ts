// A year of days as a grid: a column for each week, Monday on top.

export interface DayOfWork {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Work that was seen, seconds. */
  readonly worked_s: number;
  /** Work that was not seen but reconstructed, beside it. */
  readonly reconstructed_s: number;
}

/** All work of a day, seconds. */
export function totalOf(day: DayOfWork): number {
  return day.worked_s + day.reconstructed_s;
}

export interface HeatCell<Day extends DayOfWork = DayOfWork> {
  readonly day: Day;
  readonly column: number;
  /** 0 is Monday. */
  readonly row: number;
  /** 0 nothing, 4 a full day of this reader. */
  readonly level: 0 | 1 | 2 | 3 | 4;
  /** Most of it was reconstructed. */
  readonly isReconstructed: boolean;
}

export interface HeatMap<Day extends DayOfWork = DayOfWork> {
  readonly cells: readonly HeatCell<Day>[];
  readonly columns: number;
  /** `YYYY-MM` where a month begins, for its name above. */
  readonly months: readonly { readonly month: string; readonly column: number }[];
  /** What level 4 begins at, seconds. */
  readonly fullDay_s: number;
}

const DAY_MS = 86_400_000;

/** Days in order, each in its week. What a full day is follows from the days themselves: three in four are no longer. */
export function heatMapOf<Day extends DayOfWork>(days: readonly Day[]): HeatMap<Day> {
  const first = days[0];
  if (first === undefined) return { cells: [], columns: 0, months: [], fullDay_s: 0 };
  const fullDay_s = longDay(days);
  const firstRow = weekday(first.date);
  const firstMs = Date.parse(first.date);
  const months: { month: string; column: number }[] = [];
  const cells = days.map((day): HeatCell<Day> => {
    const place = firstRow + Math.round((Date.parse(day.date) - firstMs) / DAY_MS);
    const column = Math.floor(place / 7);
    if (day.date.endsWith("-01")) months.push({ month: day.date.slice(0, 7), column });
    const level = levelOf(totalOf(day), fullDay_s);
    const isReconstructed = day.reconstructed_s > day.worked_s;
    return { day, column, row: place % 7, level, isReconstructed };
  });
  const columns = (cells.at(-1)?.column ?? 0) + 1;
  return { cells, columns, months, fullDay_s };
}

function levelOf(worked_s: number, fullDay_s: number): HeatCell["level"] {
  if (worked_s <= 0) return 0;
  const share = worked_s / fullDay_s;
  return share >= 1 ? 4 : share >= 0.66 ? 3 : share >= 0.33 ? 2 : 1;
}

function longDay(days: readonly DayOfWork[]): number {
  const worked = days.map(totalOf).filter((seconds) => seconds > 0);
  const sorted = worked.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.75)] ?? 3_600;
}

function weekday(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}
