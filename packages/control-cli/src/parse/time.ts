import { CliError, EXIT } from "../error.ts";

const FORM = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?$/i;

/** Half-open: `fromMs` is in, `toMs` is out; either may be absent. Milliseconds since the Unix epoch. */
export interface Range {
  readonly fromMs?: number;
  readonly toMs?: number;
}

/** Milliseconds since the epoch from a time as people write it: `2026-11-21` (the first instant of that local day),
 *  `2026-11-21T09:30` (local; of an hour that comes twice, the first), the same with `Z` or `+01:00`, `today`, `yesterday`,
 *  `tomorrow`, `now`. */
export function parseTime(text: string, nowMs: number): number {
  const word = text.trim().toLowerCase();
  if (word === "now") return nowMs;
  if (word === "today") return startOfDay(nowMs, 0);
  if (word === "yesterday") return startOfDay(nowMs, -1);
  if (word === "tomorrow") return startOfDay(nowMs, 1);
  const found = FORM.exec(text.trim());
  if (!found) throw notATime(text);
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone] = found;
  const fields = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (!exists(fields)) throw notATime(text);
  const millisecond = Number(fraction.padEnd(3, "0").slice(0, 3));
  const [y, mo, d, h, mi, s] = fields;
  if (zone === undefined) {
    const local = new Date(y, mo - 1, d, h, mi, s, millisecond);
    // A date alone is the first instant of its day, whatever the clocks show then.
    if (found[4] !== undefined && (local.getHours() !== h || local.getMinutes() !== mi)) throw skipped(text);
    return local.getTime();
  }
  return Date.UTC(y, mo - 1, d, h, mi, s, millisecond) - offsetMs(zone);
}

/** The two ends of `--from` and `--to`. Refuses an empty range, because a date as `--to` is easily meant to be in it. */
export function parseRange(options: { from?: string | undefined; to?: string | undefined }, nowMs: number): Range {
  const fromMs = options.from === undefined ? undefined : parseTime(options.from, nowMs);
  const toMs = options.to === undefined ? undefined : parseTime(options.to, nowMs);
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

function exists([year, month, day, hour, minute, second]: [number, number, number, number, number, number]): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  const sameDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return sameDay && hour < 24 && minute < 60 && second < 60;
}

function offsetMs(zone: string): number {
  if (zone.toUpperCase() === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}

function skipped(text: string): CliError {
  return new CliError(
    "invalid-time",
    EXIT.usage,
    `"${text}" does not exist here: the clocks go forward over it`,
    "Write a time before or after that hour, or one with its zone, such as 2026-11-21T09:30Z.",
  );
}

function notATime(text: string): CliError {
  return new CliError(
    "invalid-time",
    EXIT.usage,
    `"${text}" is not a time`,
    "Write 2026-11-21 (that local day), 2026-11-21T09:30 (local), 2026-11-21T09:30Z, today or yesterday.",
  );
}
