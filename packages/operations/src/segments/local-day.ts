const HOUR_MS = 3_600_000;

/** Which local day a moment belongs to. */
export interface LocalDays {
  /** `YYYY-MM-DD`: the day that began last before `atMs`. */
  of(atMs: number): string;
  /** `YYYY-MM-DD` as the calendar has it. */
  dateOf(atMs: number): string;
  /** The time of day, `HH:MM`. */
  timeOf(atMs: number): string;
}

/** Days of a time zone that begin at `dayStart` (`HH:MM`) by its clocks, whatever those do at a change of the hour. */
export function localDays(timeZone: string, dayStart: string): LocalDays {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    calendar: "iso8601",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const read = (atMs: number) => {
    const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
    const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? "";
    return { date: `${part("year")}-${part("month")}-${part("day")}`, time: `${part("hour")}:${part("minute")}` };
  };
  return {
    of(atMs) {
      const { date, time } = read(atMs);
      return time < dayStart ? dayBefore(date) : date;
    },
    dateOf: (atMs) => read(atMs).date,
    timeOf: (atMs) => read(atMs).time,
  };
}

/** The days next to a day, and the day itself. */
export function aroundDay(day: string): string[] {
  return [dayBefore(day), day, dayAfter(day)];
}

function dayBefore(day: string): string {
  return shifted(day, -12);
}

function dayAfter(day: string): string {
  return shifted(day, 36);
}

// From the noon of a UTC day: no clock is changed there.
function shifted(day: string, hours: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + hours * HOUR_MS).toISOString().slice(0, 10);
}
