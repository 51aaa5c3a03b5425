import type { WorkRow } from "./work-rows.ts";
import type { Part } from "./span.ts";

// Days without a time of day: each is taken at its noon in UTC.
const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(undefined, { timeZone: "UTC", ...options });
const day = format({ weekday: "short", day: "numeric", month: "short" });
const plainDay = format({ day: "numeric", month: "short" });
const wholeDay = format({ day: "numeric", month: "short", year: "numeric" });
const month = format({ month: "long", year: "numeric" });
const shortMonth = format({ month: "short" });

/** `Sat 21 Nov`, `16 – 22 Nov`, `November 2026`. */
export function rowText({ key, first, last }: Pick<WorkRow, "key" | "first" | "last">, part: Part): string {
  if (part === "day") return day.format(noonOf(first));
  return part === "month" ? month.format(noonOf(key)) : plainDay.formatRange(noonOf(first), noonOf(last));
}

/** What stands below a bar. */
export function tickText({ key, first }: Pick<WorkRow, "key" | "first">, part: Part): string {
  return part === "month" ? shortMonth.format(noonOf(key)) : plainDay.format(noonOf(first));
}

/** `1 – 30 Nov 2026`; `to` is the day after the last. */
export function rangeText(from: string, to: string): string {
  return wholeDay.formatRange(noonOf(from), new Date(noonOf(to).getTime() - 86_400_000));
}

export function dateText(date: string): string {
  return day.format(noonOf(date));
}

function noonOf(date: string): Date {
  return new Date(`${date}T12:00:00Z`);
}
