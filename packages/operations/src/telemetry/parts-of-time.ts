import { localDays } from "../segments/local-day.ts";

/** Hours and days as they are counted where people live. */
export interface LocalTime {
  readonly timeZone: string;
  /** `HH:MM`. */
  readonly dayStart: string;
}

export type Part = "day" | "hour";

const STEPS_MS = [900_000, 60_000];
const MINUTE_MS = 60_000;

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
  return (atMs) => {
    const day = days.of(atMs);
    let begunMs = begins.get(day);
    if (begunMs === undefined) {
      begunMs = atMs - (atMs % MINUTE_MS);
      for (const stepMs of STEPS_MS) while (days.of(begunMs - stepMs) === day) begunMs -= stepMs;
      begins.set(day, begunMs);
    }
    return begunMs;
  };
}
