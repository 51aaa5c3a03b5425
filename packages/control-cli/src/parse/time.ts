import { parseTimestamp } from "@mimolo/protocol";
import { CliError, EXIT } from "../error.ts";

const FORM = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?$/i;

/** Half-open: `fromMs` is in, `toMs` is out; either may be absent. Milliseconds since the Unix epoch. */
export interface Range {
  readonly fromMs?: number;
  readonly toMs?: number;
}

/** Milliseconds since the epoch from a time as people write it: `2026-11-21` (the first instant of that local day),
 *  `2026-11-21T09:30` (local; of an hour that comes twice, the first; of one that the clocks skip, as long after it began),
 *  the same with `Z` or `+01:00`, `today`, `yesterday`, `tomorrow`, `now`. `option` is what it was given as. */
export function parseTime(text: string, nowMs: number, option?: string): number {
  const word = text.trim().toLowerCase();
  if (word === "now") return nowMs;
  if (word === "today") return startOfDay(nowMs, 0);
  if (word === "yesterday") return startOfDay(nowMs, -1);
  if (word === "tomorrow") return startOfDay(nowMs, 1);
  const found = FORM.exec(text.trim());
  if (!found) throw notATime(text, option);
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "", zone = ""] = found;
  const date = `${year}-${month}-${day}`;
  const atMs = parseTimestamp(
    `${date}T${hour}:${minute}:${second}.${fraction.padEnd(3, "0")}${zone.toUpperCase() || "Z"}`,
  );
  // Second 60 is of the protocol; no clock that people read shows it.
  if (atMs === null || second === "60") throw notATime(text, option);
  return zone === "" ? localMs(new Date(atMs)) : atMs;
}

/** The two ends of `--from` and `--to`. Refuses an empty range, because a date as `--to` is easily meant to be in it. */
export function parseRange(options: { from?: string | undefined; to?: string | undefined }, nowMs: number): Range {
  const fromMs = options.from === undefined ? undefined : parseTime(options.from, nowMs, "--from");
  const toMs = options.to === undefined ? undefined : parseTime(options.to, nowMs, "--to");
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs) {
    throw new CliError(
      "invalid-time",
      EXIT.usage,
      `--from ${options.from} does not lie before --to ${options.to}`,
      "--to itself is left out: for one whole day give that date as --from and the next day as --to.",
    );
  }
  return { ...(fromMs === undefined ? {} : { fromMs }), ...(toMs === undefined ? {} : { toMs }) };
}

/** The first instant of the local day `days` away from the one that holds `atMs`. */
export function startOfDay(atMs: number, days = 0): number {
  const at = new Date(atMs);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + days).getTime();
}

/** What local clocks show as `shown` shows it in UTC. */
function localMs(shown: Date): number {
  return new Date(
    shown.getUTCFullYear(),
    shown.getUTCMonth(),
    shown.getUTCDate(),
    shown.getUTCHours(),
    shown.getUTCMinutes(),
    shown.getUTCSeconds(),
    shown.getUTCMilliseconds(),
  ).getTime();
}

function notATime(text: string, option?: string): CliError {
  return new CliError(
    "invalid-time",
    EXIT.usage,
    `${option === undefined ? "" : `${option} `}"${text}" is not a time`,
    "Write 2026-11-21 (that local day), 2026-11-21T09:30 (local), 2026-11-21T09:30Z, today or yesterday.",
  );
}
