/** Time as the runtime sees it. Production passes `systemClock`, tests a manual one. */
export interface Clock {
  /** Milliseconds since the Unix epoch; may jump. For stamps. */
  wallMs(): number;
  /** Monotonic milliseconds from an arbitrary zero. For time-outs and back-off. */
  ticksMs(): number;
  /** Calls `run` once after `delayMs`; aborting `signal` forgets it. */
  after(delayMs: number, run: () => void, signal: AbortSignal): void;
}

/** The process's own clock and timers. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  ticksMs: () => performance.now(),
  after(delayMs, run, signal) {
    if (signal.aborted) return;
    const forget = () => clearTimeout(timer);
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", forget);
      run();
    }, delayMs);
    signal.addEventListener("abort", forget, { once: true });
  },
};
