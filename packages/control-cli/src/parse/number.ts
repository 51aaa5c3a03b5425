import { CliError, EXIT } from "../error.ts";
import { parseDuration } from "./duration.ts";

/** A TCP port, 0 for any free one. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw invalid(text, "a port", "Write a number from 0 (any free port) to 65535.");
}

/** A whole number above zero. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count > 0 && Number.isSafeInteger(count)) return count;
  throw invalid(text, "a count", "Write a whole number above zero.");
}

/** The number of a record. */
export function parseSeq(text: string): number {
  const seq = Number(text);
  if (/^\d+$/.test(text) && seq > 0 && Number.isSafeInteger(seq)) return seq;
  throw invalid(text, "the number of a record", "`mimolo evidence` shows the number of each record in front.");
}

/** Seconds, from a bare number or a duration such as `10m`. */
export function parseSeconds(text: string): number {
  return parseDuration(text) / 1000;
}

function invalid(text: string, what: string, hint: string): CliError {
  return new CliError("invalid-number", EXIT.usage, `"${text}" is not ${what}`, hint);
}
