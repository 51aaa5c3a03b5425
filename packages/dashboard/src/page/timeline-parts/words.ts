// Time in words and figures, as the reader's locale has it.
import type { Calendar, Unit } from "./calendar.ts";
import { lengthOf, type Stretch } from "./stretch.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/** `5:42`, for where there is little room: whole minutes, as `durationText` has them. */
export function shortDuration(seconds: number): string {
  const minutes = Math.max(0, Math.floor(seconds / 60));
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

/** `09:30`, with seconds where they matter. */
export function clockText(atMs: number, { zone }: Calendar, withSeconds = false, locale?: string): string {
  return format(zone, locale, {
    hour: "2-digit",
    minute: "2-digit",
    ...(withSeconds ? { second: "2-digit" } : {}),
  }).format(atMs);
}

/** `09:30–11:05`; with seconds, unless told otherwise, when it is shorter than two minutes. */
export function spanText(
  { fromMs, toMs }: Stretch,
  calendar: Calendar,
  withSeconds = toMs - fromMs < 120_000,
  locale?: string,
): string {
  const [from, to] = [fromMs, toMs].map((atMs) => clockText(atMs, calendar, withSeconds, locale));
  return from === to ? (from ?? "") : `${from}–${to}`;
}

/** What stands under a mark of the axis. */
export function tickText(atMs: number, unit: Unit, { zone }: Calendar, locale?: string): string {
  return unit === "day" ? dayName(atMs, { zone }, locale) : format(zone, locale, TICK_FORMATS[unit]).format(atMs);
}

/** `Sun 22`. */
export function dayName(atMs: number, { zone }: Pick<Calendar, "zone">, locale?: string): string {
  const parts = format(zone, locale, TICK_FORMATS.day).formatToParts(atMs);
  const text = parts.map(({ value }) => value);
  // Where the pattern has the day first and nothing between, as in `22 Sun`, nobody says it like that.
  const isTurned = parts.length === 3 && parts[0]?.type === "day" && parts[1]?.value === " ";
  return (isTurned ? text.toReversed() : text).join("");
}

const TICK_FORMATS: Readonly<Record<Unit, Intl.DateTimeFormatOptions>> = {
  second: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  minute: { hour: "2-digit", minute: "2-digit" },
  hour: { hour: "2-digit", minute: "2-digit" },
  day: { weekday: "short", day: "numeric" },
  week: { day: "numeric", month: "short" },
  month: { month: "short" },
  year: { year: "numeric" },
};

/** The name of a day, month or year; the shorter ones for narrow places, longest first. */
export function bandTexts(atMs: number, unit: Unit, { zone }: Calendar, locale?: string): string[] {
  const variants: Intl.DateTimeFormatOptions[] =
    unit === "day"
      ? [
          { weekday: "long", day: "numeric", month: "long" },
          { weekday: "short", day: "numeric", month: "short" },
          TICK_FORMATS.day,
          { day: "numeric" },
        ]
      : unit === "month"
        ? [{ month: "long", year: "numeric" }, { month: "long" }, { month: "short" }]
        : [{ year: "numeric" }];
  return variants.map((options) =>
    options === TICK_FORMATS.day ? dayName(atMs, { zone }, locale) : format(zone, locale, options).format(atMs),
  );
}

/** What a stretch is called: a day by its name, hours within a day with their times, anything longer from day to day. */
export function stretchTitle(stretch: Stretch, calendar: Calendar, locale?: string): string {
  const { zone } = calendar;
  const lastMs = stretch.toMs - 1;
  const day = format(zone, locale, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  if (calendar.dateAt(stretch.fromMs) === calendar.dateAt(lastMs)) {
    const isWhole =
      calendar.floor(stretch.fromMs, "day") === stretch.fromMs && calendar.next(stretch.fromMs, "day") === stretch.toMs;
    const name = day.format(stretch.fromMs);
    return isWhole ? name : `${name}, ${spanText(stretch, calendar, undefined, locale)}`;
  }
  if (lengthOf(stretch) < 2 * 86_400_000) {
    const short = format(zone, locale, {
      weekday: "short",
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
    });
    return short.formatRange(stretch.fromMs, stretch.toMs);
  }
  return format(zone, locale, { day: "numeric", month: "long", year: "numeric" }).formatRange(stretch.fromMs, lastMs);
}

function format(zone: string, locale: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${locale} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
    formats.set(key, found);
  }
  return found;
}
