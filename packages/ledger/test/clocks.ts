import type { Clock } from "../src/index.ts";

/** The process's own clock and timers. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  ticksMs: () => performance.now(),
  after(delayMs, run, signal) {
    if (signal.aborted) return;
    const timer = setTimeout(run, delayMs);
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  },
};

/** A clock that only tests move. */
export function manualClock(startMs = Date.parse("2026-11-21T10:00:00Z")) {
  let [wallMs, ticksMs] = [startMs, 0];
  let timers: { atTicks: number; run: () => void; signal: AbortSignal }[] = [];
  return {
    wallMs: () => wallMs,
    ticksMs: () => ticksMs,
    after(delayMs: number, run: () => void, signal: AbortSignal) {
      timers.push({ atTicks: ticksMs + delayMs, run, signal });
    },
    /** Lets time pass and runs what came due, oldest first. */
    advance(ms: number) {
      [wallMs, ticksMs] = [wallMs + ms, ticksMs + ms];
      const due = timers.filter((timer) => timer.atTicks <= ticksMs).toSorted((a, b) => a.atTicks - b.atTicks);
      timers = timers.filter((timer) => timer.atTicks > ticksMs);
      for (const timer of due) if (!timer.signal.aborted) timer.run();
    },
    /** The wall clock alone is set, as by a user or by NTP. */
    jumpWall(byMs: number) {
      wallMs += byMs;
    },
  };
}
