// Reading single fields of a record without believing them: an erased body is `{}`, and old files outlive schemas.
import { parseTimestamp } from "@mimolo/protocol/wire";

/** True for an object with string keys: no array, not null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as an object with string keys, else `null`. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return isObject(value) ? value : null;
}

/** The value if it is text, else `null`. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** The value if it is a finite number, else `null`. */
export function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** Whole milliseconds of a number of seconds that is not negative, else `null`. */
export function durationMsOf(value: unknown): number | null {
  const seconds = numberOf(value);
  return seconds === null || seconds < 0 ? null : Math.round(seconds * 1000);
}

// A record tells of two, when it happened and when it came, and many records tell of the same.
let [lastText, earlierText] = ["", ""];
let [lastMs, earlierMs] = [parseTimestamp(""), parseTimestamp("")];

/** Milliseconds since the epoch of an ISO-8601 time with zone, else `null`. */
export function timeOf(value: unknown): number | null {
  if (typeof value !== "string") return null;
  if (value === lastText) return lastMs;
  const ms = value === earlierText ? earlierMs : parseTimestamp(value);
  [earlierText, earlierMs] = [lastText, lastMs];
  [lastText, lastMs] = [value, ms];
  return ms;
}
