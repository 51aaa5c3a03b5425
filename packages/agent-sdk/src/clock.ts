/** Time as the runtime sees it. Production passes `systemClock`, tests a manual one. */
export interface Clock {
  /** Milliseconds since the Unix epoch; may jump. For stamps. */
  wallMs(): number;
  /** Monotonic milliseconds from an arbitrary zero. For time-outs and back-off. */
  ticksMs(): number;
  /** Calls `run` once after `delayMs`; calling what it returns, or aborting `signal`, forgets it. */
  after(delayMs: number, run: () => void, signal?: AbortSignal): () => void;
}

/** The process's own clock and timers. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  // `performance.now()` would load a dozen modules of Node's: 0.8 ms of an agent's start.
  ticksMs: () => {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1000 + nanoseconds / 1e6;
  },
  after(delayMs, run, signal) {
    if (signal?.aborted === true) return () => {};
    const forget = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", forget);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", forget);
      run();
    }, delayMs);
    signal?.addEventListener("abort", forget, { once: true });
    return forget;
  },
};
