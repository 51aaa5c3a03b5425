// What clocks and calendars show in one time zone, and when it begins.

export type Unit = "second" | "minute" | "hour" | "day" | "week" | "month" | "year";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** No zone changes its clocks between two quarters of an hour. */
const QUARTER_MS = 900_000;
const MOST_OFFSETS = 4_096;

const FIXED_MS = { second: SECOND_MS, minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS } as const;

/** Steps through time as people in `zone` count it (an IANA name; default: the reader's). Weeks begin on Monday, and days, with
 *  all that is longer, at `dayStart` (`HH:MM`). */
export class Calendar {
  readonly zone: string;
  readonly #dayStartMs: number;
  readonly #format: Intl.DateTimeFormat;
  readonly #offsets = new Map<number, number>();

  constructor(zone = Intl.DateTimeFormat().resolvedOptions().timeZone, dayStart = "00:00") {
    this.zone = zone;
    const [hours = 0, minutes = 0] = dayStart.split(":").map(Number);
    this.#dayStartMs = hours * HOUR_MS + minutes * MINUTE_MS;
    this.#format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  }

  /** The moment as the zone's clocks show it, in the UTC fields of a date. */
  localAt(atMs: number): Date {
    return new Date(atMs + this.#offsetMs(atMs));
  }

  /** The last moment at or before `atMs` at which `count` units are full, counted from the start of the next larger unit. */
  floor(atMs: number, unit: Unit, count = 1): number {
    const shift = this.#shiftMs(unit);
    const floored = this.momentOf(floorLocal(atMs + this.#offsetMs(atMs) - shift, unit, count) + shift);
    // The hour that clocks show twice: the second time, what began within it began then.
    return floored <= atMs ? floored : floored - HOUR_MS;
  }

  /** The first moment after `atMs` at which `count` units are full. */
  next(atMs: number, unit: Unit, count = 1): number {
    const shift = this.#shiftMs(unit);
    const local = floorLocal(atMs + this.#offsetMs(atMs) - shift, unit, count);
    const found = this.momentOf(nextLocal(local, unit, count) + shift);
    if (found > atMs) return found;
    return atMs + (unit in FIXED_MS ? FIXED_MS[unit as keyof typeof FIXED_MS] * count : DAY_MS);
  }

  /** `YYYY-MM-DD`: the day a moment belongs to. */
  dateAt(atMs: number): string {
    return this.localAt(atMs - this.#dayStartMs)
      .toISOString()
      .slice(0, 10);
  }

  /** When the zone's clocks show `local`, milliseconds as if they were UTC. */
  momentOf(local: number): number {
    const guess = local - this.#offsetMs(local);
    return local - this.#offsetMs(guess);
  }

  #shiftMs(unit: Unit): number {
    return unit === "second" || unit === "minute" || unit === "hour" ? 0 : this.#dayStartMs;
  }

  #offsetMs(atMs: number): number {
    const quarter = Math.floor(atMs / QUARTER_MS);
    const known = this.#offsets.get(quarter);
    if (known !== undefined) return known;
    const parts: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(quarter * QUARTER_MS)) parts[type] = Number(value);
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    const offset = Date.UTC(year, month - 1, day, hour, minute, second) - quarter * QUARTER_MS;
    if (this.#offsets.size >= MOST_OFFSETS) this.#offsets.clear();
    this.#offsets.set(quarter, offset);
    return offset;
  }
}

function floorLocal(local: number, unit: Unit, count: number): number {
  const date = new Date(local);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const day = local - modulo(local, DAY_MS);
  switch (unit) {
    case "year":
      return Date.UTC(year - modulo(year, count), 0);
    case "month":
      return Date.UTC(year, month - (month % count));
    case "week":
      return day - modulo(date.getUTCDay() - 1, 7) * DAY_MS;
    case "day":
      return day - ((date.getUTCDate() - 1) % count) * DAY_MS;
    case "second":
    case "minute":
    case "hour":
      return local - modulo(local - day, FIXED_MS[unit] * count);
  }
}

function nextLocal(floored: number, unit: Unit, count: number): number {
  const date = new Date(floored);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (unit === "year") return Date.UTC(year + count, 0);
  const nextMonth = Date.UTC(year, month + 1);
  if (unit === "month") return Date.UTC(year, month + count);
  if (unit === "week") return floored + 7 * count * DAY_MS;
  const next = floored + FIXED_MS[unit] * count;
  // Every second day would run on from the 31st to the 1st: a month begins anew.
  return unit === "day" ? Math.min(next, nextMonth) : next;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
