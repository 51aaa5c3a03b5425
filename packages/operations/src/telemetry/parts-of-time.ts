import { localDays } from "../segments/local-day.ts";

/** Hours and days as they are counted where people live. */
export interface LocalTime {
  readonly timeZone: string;
  /** `HH:MM`. */
  readonly dayStart: string;
}

/** The same, and which time it is. */
export interface LocalNow extends LocalTime {
  readonly nowMs: number;
}

export const PARTS = ["day", "week", "month", "hour"] as const;
export type Part = (typeof PARTS)[number];

const STEPS_MS = [900_000, 60_000];
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday, the fourth day of a week. */
const DAYS_BEFORE_THURSDAY = 3;

/** Tells when the part of time began that a moment lies in. */
export function partsOfTime({ timeZone, dayStart }: LocalTime, by: Part): (atMs: number) => number {
  const days = localDays(timeZone, dayStart);
  if (by === "hour") {
    return (atMs) => {
      const minutes = Number(days.timeOf(atMs).slice(3));
      return atMs - (atMs % MINUTE_MS) - minutes * MINUTE_MS;
    };
  }
  const begins = new Map<string, number>();
  const dayAt = (atMs: number) => {
    const day = days.of(atMs);
    let begunMs = begins.get(day);
    if (begunMs === undefined) {
      begunMs = atMs - (atMs % MINUTE_MS);
      for (const stepMs of STEPS_MS) while (days.of(begunMs - stepMs) === day) begunMs -= stepMs;
      begins.set(day, begunMs);
    }
    return begunMs;
  };
  if (by === "day") return dayAt;
  const partOf = by === "month" ? monthOf : weekOf;
  const firstDays = new Map<number, number>();
  return (atMs) => {
    const todayMs = dayAt(atMs);
    let firstMs = firstDays.get(todayMs);
    if (firstMs === undefined) {
      firstMs = todayMs;
      const part = partOf(days.of(firstMs));
      while (partOf(days.of(firstMs - 1)) === part) firstMs = dayAt(firstMs - 1);
      firstDays.set(todayMs, firstMs);
    }
    return firstMs;
  };
}

const monthOf = (day: string) => day.slice(0, "2026-01".length);

/** Which week since 1970 a day lies in; weeks begin on Mondays. */
const weekOf = (day: string) => Math.floor((Date.parse(day) / DAY_MS + DAYS_BEFORE_THURSDAY) / 7);
