// Moments as `<input type="datetime-local">` has them, in the zone that the day goes by.
import { parseTimestamp } from "@mimolo/protocol/wire";
import type { Calendar } from "./calendar.ts";

/** `2026-11-21T09:30:00`. */
export function inputOf(atMs: number, calendar: Calendar): string {
  return calendar.localAt(atMs).toISOString().slice(0, 19);
}

/** The moment; `null` for what is none. */
export function momentOf(input: string, calendar: Calendar): number | null {
  const local = parseTimestamp(`${input}Z`);
  return local === null ? null : calendar.momentOf(local);
}
