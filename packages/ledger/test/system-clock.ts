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
