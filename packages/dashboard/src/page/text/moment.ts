// Times as the reader writes them, in the time zone that the day goes by.
const formats = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(undefined, options);
  formats.set(key, made);
  return made;
}

type Moment = number | string | Date;

function dateOf(moment: Moment): Date {
  return moment instanceof Date ? moment : new Date(moment);
}

/** `14:05`. */
export function timeText(moment: Moment, timeZone?: string): string {
  return format({ hour: "2-digit", minute: "2-digit", ...zone(timeZone) }).format(dateOf(moment));
}

/** `14:05:09`. */
export function exactTimeText(moment: Moment, timeZone?: string): string {
  return format({ hour: "2-digit", minute: "2-digit", second: "2-digit", ...zone(timeZone) }).format(dateOf(moment));
}

/** `Saturday, 21 November`. */
export function dayText(moment: Moment, timeZone?: string): string {
  return format({ weekday: "long", day: "numeric", month: "long", ...zone(timeZone) }).format(dateOf(moment));
}

/** `21 Nov 2026, 14:05:09`. */
export function momentText(moment: Moment, timeZone?: string): string {
  return format({ dateStyle: "medium", timeStyle: "medium", ...zone(timeZone) }).format(dateOf(moment));
}

function zone(timeZone: string | undefined): Intl.DateTimeFormatOptions {
  return timeZone === undefined ? {} : { timeZone };
}
