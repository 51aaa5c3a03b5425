// Which days a report is about: a week, a month, ninety days or a year, this one or one before; or whatever the reader says.

export const SPANS = ["week", "month", "quarter", "year", "own"] as const;
export type Span = (typeof SPANS)[number];
export const spanTitles: Readonly<Record<Span, string>> = {
  week: "Week",
  month: "Month",
  quarter: "90 days",
  year: "Year",
  own: "Own range",
};

/** Days as `YYYY-MM-DD`; `to` is the day after the last. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

export const PARTS = ["day", "week", "month"] as const;
export type Part = (typeof PARTS)[number];

const DAY_MS = 86_400_000;
const QUARTER_DAYS = 90;

/** The span that `today` lies in, or one that many before it. */
export function rangeOf(span: Exclude<Span, "own">, today: string, back = 0): DayRange {
  if (span === "week") {
    const monday = addDays(today, -weekday(today) - 7 * back);
    return { from: monday, to: addDays(monday, 7) };
  }
  if (span === "quarter") {
    const to = addDays(today, 1 - QUARTER_DAYS * back);
    return { from: addDays(to, -QUARTER_DAYS), to };
  }
  const [year = 0, month = 1] = today.split("-").map(Number);
  if (span === "year") return { from: firstOf(year - back, 0), to: firstOf(year - back + 1, 0) };
  return { from: firstOf(year, month - 1 - back), to: firstOf(year, month - back) };
}

/** As many days, right before. */
export function rangeBefore({ from, to }: DayRange): DayRange {
  return { from: addDays(from, (Date.parse(from) - Date.parse(to)) / DAY_MS), to: from };
}

/** What a bar of it stands for, unless the reader says so. */
export function usualPart({ from, to }: DayRange): Part {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
  if (days <= 45) return "day";
  return days <= 190 ? "week" : "month";
}

/** The first day of the week or month that a day belongs to; weeks begin on Monday. */
export function partStart(date: string, part: Part): string {
  if (part === "day") return date;
  return part === "month" ? `${date.slice(0, 7)}-01` : addDays(date, -weekday(date));
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Monday. */
function weekday(date: string): number {
  return (new Date(date).getUTCDay() + 6) % 7;
}

function firstOf(year: number, month: number): string {
  return new Date(Date.UTC(year, month)).toISOString().slice(0, 10);
}
