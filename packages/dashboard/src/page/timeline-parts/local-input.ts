// Moments as `<input type="datetime-local">` has them, in the zone that the day goes by.
import { isCalendarDay } from "@mimolo/protocol/wire";
import type { Calendar } from "./calendar.ts";

const CLOCK = /^T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?$/;

/** `2026-11-21T09:30:00`. */
export function inputOf(atMs: number, calendar: Calendar): string {
  return calendar.localAt(atMs).toISOString().slice(0, 19);
}

/** The moment; `null` for what is none. */
export function momentOf(input: string, calendar: Calendar): number | null {
  if (!isCalendarDay(input.slice(0, 10)) || !CLOCK.test(input.slice(10))) return null;
  return calendar.momentOf(Date.parse(`${input}Z`));
}
