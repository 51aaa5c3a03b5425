import { localDays } from "../segments/local-day.ts";
import type { LocalTime } from "../telemetry/parts-of-time.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** No clock on earth is further from UTC. */
const FURTHEST_MS = 15 * HOUR_MS;

/** Finds the moment a day of people's calendar begins; a day whose beginning no clock shows begins when the clocks go on. What was
 *  found is kept. */
export class DayStarts {
  readonly #dayOf: (atMs: number) => string;
  readonly #startOfDayMs: number;
  readonly #known = new Map<string, number>();

  constructor({ timeZone, dayStart }: LocalTime) {
    const days = localDays(timeZone, dayStart);
    this.#dayOf = (atMs) => days.of(atMs);
    const [hours = 0, minutes = 0] = dayStart.split(":").map(Number);
    this.#startOfDayMs = hours * HOUR_MS + minutes * MINUTE_MS;
  }

  /** `YYYY-MM-DD`: the day a moment lies in. */
  dayOf(atMs: number): string {
    return this.#dayOf(atMs);
  }

  /** Milliseconds since the epoch. */
  of(date: string): number {
    const known = this.#known.get(date) ?? this.#likely(date) ?? this.#found(date);
    this.#known.set(date, known);
    return known;
  }

  /** Most days begin as long after the one before as that one lasted. */
  #likely(date: string): number | null {
    const before = this.#known.get(nextDate(date, -1));
    if (before === undefined) return null;
    const atMs = before + DAY_MS;
    return this.#dayOf(atMs) === date && this.#dayOf(atMs - MINUTE_MS) < date ? atMs : null;
  }

  #found(date: string): number {
    const aroundMs = Date.parse(`${date}T00:00:00Z`) + this.#startOfDayMs;
    let [beforeMs, afterMs] = [aroundMs - FURTHEST_MS, aroundMs + FURTHEST_MS];
    while (afterMs - beforeMs > MINUTE_MS) {
      const middleMs = beforeMs + Math.round((afterMs - beforeMs) / 2 / MINUTE_MS) * MINUTE_MS;
      if (this.#dayOf(middleMs) < date) beforeMs = middleMs;
      else afterMs = middleMs;
    }
    return afterMs;
  }
}

/** The date so many days later. */
export function nextDate(date: string, days = 1): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
