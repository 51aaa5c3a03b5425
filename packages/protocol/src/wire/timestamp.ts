// Reading wire times: exactly the pattern of the protocol, and only moments that exist.
import { TIMESTAMP_PATTERN } from "./constants.ts";

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Milliseconds since the Unix epoch, cut to whole ones, of an ISO-8601 time with zone; `null` when the text does not
 *  match `TIMESTAMP_PATTERN` or names no real moment (a 30 February, an hour 24). Second 60 is the next minute's first. */
export function parseTimestamp(text: string): number | null {
  if (!TIMESTAMP_PATTERN.test(text)) return null;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const hasSeconds = text.charCodeAt(16) === 58;
  const second = hasSeconds ? digits(text, 17, 2) : 0;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 60) return null;
  const offset = offsetMinutes(text);
  if (offset === null) return null;
  const millisecond = hasSeconds && text.charCodeAt(19) === 46 ? firstMilliseconds(text, 20) : 0;
  const minutes = (daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute - offset;
  return (minutes * 60 + second) * 1000 + millisecond;
}

function offsetMinutes(text: string): number | null {
  if (text.endsWith("Z")) return 0;
  const at = text.length - 6;
  const hours = digits(text, at + 1, 2);
  const minutes = digits(text, at + 4, 2);
  if (hours > 23 || minutes > 59) return null;
  return (text.charCodeAt(at) === 45 ? -1 : 1) * (hours * 60 + minutes);
}

function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at += 1) value = value * 10 + text.charCodeAt(at) - 48;
  return value;
}

function firstMilliseconds(text: string, from: number): number {
  let value = 0;
  for (let at = from, unit = 100; unit >= 1; at += 1, unit /= 10) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    value += digit * unit;
  }
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
