// Days as columns: how high each stands, and what of it was reconstructed.
import { type DayOfWork, totalOf } from "./heat.ts";
import type { Scale } from "./scale.ts";

export interface DayColumn<Day extends TimedDay = TimedDay> {
  readonly day: Day;
  readonly x: number;
  readonly width: number;
  /** Pixels of all work, and of its reconstructed part (which stands on top). */
  readonly height: number;
  readonly reconstructed: number;
}

export interface TimedDay extends DayOfWork {
  readonly start: string;
  readonly end: string;
}

/** The days to be seen; `fullHeight` is what `most_s` seconds reach. */
export function columnsOf<Day extends TimedDay>(
  days: readonly Day[],
  scale: Scale,
  fullHeight: number,
  most_s: number,
): DayColumn<Day>[] {
  const columns: DayColumn<Day>[] = [];
  for (const day of days) {
    const [startMs, endMs] = [Date.parse(day.start), Date.parse(day.end)];
    if (endMs <= scale.stretch.fromMs || startMs >= scale.stretch.toMs) continue;
    const [left, right] = [scale.x(startMs), scale.x(endMs)];
    const gap = Math.min(12, (right - left) * 0.16);
    const total = totalOf(day);
    const height = total <= 0 ? 0 : Math.max(2, (Math.min(total, most_s) / most_s) * fullHeight);
    const reconstructed = total <= 0 ? 0 : (height * day.reconstructed_s) / total;
    columns.push({ day, x: left + gap / 2, width: Math.max(1, right - left - gap), height, reconstructed });
  }
  return columns;
}
