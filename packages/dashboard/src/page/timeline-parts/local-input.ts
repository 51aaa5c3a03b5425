// Moments as `<input type="datetime-local">` has them, in the zone that the day goes by.
import type { Calendar } from "./calendar.ts";

/** `2026-11-21T09:30:00`. */
export function inputOf(atMs: number, calendar: Calendar): string {
  return calendar.localAt(atMs).toISOString().slice(0, 19);
}

/** The moment; `null` for what is none. */
export function momentOf(input: string, calendar: Calendar): number | null {
  const local = Date.parse(`${input.length === 16 ? `${input}:00` : input}Z`);
  return Number.isNaN(local) ? null : calendar.momentOf(local);
}
