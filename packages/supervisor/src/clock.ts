import { uptime } from "node:os";

/** Time as the runtime sees it. Production passes `systemClock`, tests a manual one. */
export interface Clock {
  /** Milliseconds since the Unix epoch; may jump. For stamps. */
  wallMs(): number;
  /** Monotonic milliseconds from an arbitrary zero. For time-outs and back-off. */
  ticksMs(): number;
  /** Calls `run` once after `delayMs`; aborting `signal` forgets it. */
  after(delayMs: number, run: () => void, signal: AbortSignal): void;
  /** Milliseconds since the machine booted, sleep included, to 10 ms; `null` or absent where that is not to be had. */
  bootMs?(): number | null;
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
  bootMs() {
    if (process.platform !== "linux") return null;
    try {
      return uptime() * 1000;
    } catch {
      return null;
    }
  },
};
