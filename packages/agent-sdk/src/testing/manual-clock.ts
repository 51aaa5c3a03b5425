import type { Clock } from "../clock.ts";

/** A clock that moves only when a test says so. */
export interface ManualClock extends Clock {
  /** Moves both clocks by `ms` and runs what came due on the way, oldest first. */
  advance(ms: number): void;
  /** Steps the wall clock alone, as a user or NTP would. */
  jumpWall(byMs: number): void;
  /** Timers that are still waiting. */
  readonly pending: number;
  /** Tick at which the next timer comes due; `null` if none waits. */
  readonly nextDueMs: number | null;
}

/** Starts at 2026-01-01T00:00Z and tick 0 unless told otherwise. */
export function manualClock(start: { wallMs?: number; ticksMs?: number } = {}): ManualClock {
  let wall = start.wallMs ?? Date.UTC(2026, 0, 1);
  let ticks = start.ticksMs ?? 0;
  let order = 0;
  const timers = new Set<{ dueMs: number; order: number; run: () => void }>();
  const next = (untilMs: number) =>
    [...timers].filter((timer) => timer.dueMs <= untilMs).toSorted((a, b) => a.dueMs - b.dueMs || a.order - b.order)[0];
  return {
    wallMs: () => wall,
    ticksMs: () => ticks,
    after(delayMs, run, signal) {
      if (signal?.aborted === true) return () => {};
      const fire = () => {
        signal?.removeEventListener("abort", forget);
        run();
      };
      const timer = { dueMs: ticks + Math.max(0, delayMs), order: order++, run: fire };
      const forget = () => void timers.delete(timer);
      timers.add(timer);
      signal?.addEventListener("abort", forget, { once: true });
      return forget;
    },
    advance(ms) {
      const untilMs = ticks + ms;
      for (let timer = next(untilMs); timer; timer = next(untilMs)) {
        timers.delete(timer);
        wall += timer.dueMs - ticks;
        ticks = timer.dueMs;
        timer.run();
      }
      wall += untilMs - ticks;
      ticks = untilMs;
    },
    jumpWall(byMs) {
      wall += byMs;
    },
    get nextDueMs() {
      return next(Infinity)?.dueMs ?? null;
    },
    get pending() {
      return timers.size;
    },
  };
}
