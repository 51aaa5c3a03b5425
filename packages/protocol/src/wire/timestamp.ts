// Reading wire times: exactly TIMESTAMP_PATTERN, and only moments that exist.

/** TIMESTAMP_PATTERN with the ranges of every part; only the length of the month is left to check. */
const IN_RANGE =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:\.\d+)?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const ZERO = 48;
const COLON = 58;
const DASH = 45;
const DOT = 46;

/** Whether a text is a time by the protocol: it matches `TIMESTAMP_PATTERN` and names a real moment. */
export function isTimestampText(text: string): boolean {
  return IN_RANGE.test(text) && isInMonth(text);
}

/** Whether a text is a day that the calendar has, `YYYY-MM-DD`: never the 30th of February. */
export function isCalendarDay(text: string): boolean {
  return DAY.test(text) && isInMonth(text);
}

/** Milliseconds since the Unix epoch, cut to whole ones, of an ISO-8601 time with zone; `null` when the text does not
 *  match `TIMESTAMP_PATTERN` or names no real moment (a 30 February, an hour 24). Second 60 is the next minute's first. */
export function parseTimestamp(text: string): number | null {
  if (!isTimestampText(text)) return null;
  const days = daysSinceEpoch(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
  const minutes = (days * 24 + digits(text, 11, 2)) * 60 + digits(text, 14, 2) - offsetMinutes(text);
  if (text.charCodeAt(16) !== COLON) return minutes * 60_000;
  return (minutes * 60 + digits(text, 17, 2)) * 1000 + milliseconds(text);
}

/** Of a text whose parts are in their ranges: whether its month is that long. */
function isInMonth(text: string): boolean {
  const day = digits(text, 8, 2);
  return day <= 28 || day <= daysIn(digits(text, 0, 4), digits(text, 5, 2));
}

function offsetMinutes(text: string): number {
  const at = text.length - 6;
  if (text.endsWith("Z")) return 0;
  return (text.charCodeAt(at) === DASH ? -1 : 1) * (digits(text, at + 1, 2) * 60 + digits(text, at + 4, 2));
}

function milliseconds(text: string): number {
  if (text.charCodeAt(19) !== DOT) return 0;
  let value = 0;
  for (let at = 20, unit = 100; unit >= 1; at += 1, unit /= 10) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) break;
    value += digit * unit;
  }
  return value;
}

function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at += 1) value = value * 10 + text.charCodeAt(at) - ZERO;
  return value;
}

function daysIn(year: number, month: number): number {
  if (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) return 29;
  return DAYS[month - 1] ?? 0;
}

// Counting years from March puts the leap day last, so months need no table (the proleptic Gregorian calendar).
function daysSinceEpoch(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
