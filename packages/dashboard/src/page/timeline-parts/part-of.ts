// What of a segment lies in the day that is looked at, and where it began before.
import type { Segment } from "@mimolo/protocol";
import { durationText } from "../text/index.ts";
import type { Calendar } from "./calendar.ts";
import { dayName, clockText } from "./words.ts";
import type { Stretch } from "./stretch.ts";
import { workedIn } from "./worked.ts";

type Told = Pick<Segment, "id" | "start" | "end" | "gaps" | "confidence" | "duration_s">;

/** Seconds of work of the segment inside; without `inside` all of it. */
export function partOf(segment: Told, inside?: Stretch): number {
  const isWhole = inside === undefined || (ms(segment.start) >= inside.fromMs && ms(segment.end) <= inside.toMs);
  return isWhole ? segment.duration_s : workedIn([segment], inside).worked_s;
}

/** `began yesterday 22:10, 9 h 05 min in all`; `null` for a segment that began inside. */
export function beganBefore(segment: Told, inside: Stretch, calendar: Calendar, locale?: string): string | null {
  const startMs = ms(segment.start);
  if (startMs >= inside.fromMs) return null;
  const isYesterday = startMs >= calendar.floor(inside.fromMs - 1, "day");
  const day = isYesterday ? "yesterday" : dayName(startMs, calendar, locale);
  return `began ${day} ${clockText(startMs, calendar, false, locale)}, ${durationText(segment.duration_s)} in all`;
}

const ms = (time: string) => Date.parse(time);
