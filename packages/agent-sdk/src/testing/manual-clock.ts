import type { Clock } from "../clock.ts";

/** A clock that moves only when a test says so. */
export interface ManualClock extends Clock {
  /** Moves both clocks by `ms` and runs what came due on the way, oldest first. */
  advance(ms: number): void;
  /** Steps the wall clock alone, as a user or NTP would. */
  jumpWall(byMs: number): void;
  /** The machine sleeps for `ms`: wall and boot clock go on, ticks and timers stand still. */
  suspend(ms: number): void;
  /** Nothing runs for `ms`, as in a blocked event loop: all clocks go on, and what came due runs late, at the end. */
  stall(ms: number): void;
  /** Milliseconds since boot, sleep included; `null` when the clock was made with `bootMs: null`. */
  bootMs(): number | null;
  /** Timers that are still waiting. */
  readonly pending: number;
  /** Tick at which the next timer comes due; `null` if none waits. */
  readonly nextDueMs: number | null;
}

/** Starts at 2026-01-01T00:00Z, tick 0 and an hour after boot unless told otherwise. */
export function manualClock(start: { wallMs?: number; ticksMs?: number; bootMs?: number | null } = {}): ManualClock {
  let wall = start.wallMs ?? Date.UTC(2026, 0, 1);
  let ticks = start.ticksMs ?? 0;
  /** What the boot clock is ahead of the ticks. */
  const aheadMs = start.bootMs === null ? null : (start.bootMs ?? 3_600_000) - ticks;
  let sleptMs = 0;
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
    suspend(ms) {
      wall += ms;
      sleptMs += ms;
    },
    stall(ms) {
      wall += ms;
      ticks += ms;
      for (let timer = next(ticks); timer; timer = next(ticks)) {
        timers.delete(timer);
        timer.run();
      }
    },
    bootMs: () => (aheadMs === null ? null : ticks + aheadMs + sleptMs),
    get nextDueMs() {
      return next(Infinity)?.dueMs ?? null;
    },
    get pending() {
      return timers.size;
    },
  };
}
