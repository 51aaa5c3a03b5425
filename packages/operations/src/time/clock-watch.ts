import type { Clock } from "@mimolo/supervisor";
import { type ClockFinding, clockFindings, type ClockReading } from "./clock-findings.ts";

/** A gap begins at the last look: looking more rarely than this would make it swallow time that was watched. */
const RAREST_TICK_MS = 5_000;

export interface ClockWatchOptions {
  readonly clock: Clock;
  /** How often to look; asked anew each time, at most 5 s are waited. */
  tickMs(): number;
  found(finding: ClockFinding): void;
}

/** Looks at the clocks from now on and tells when the machine slept, this process stood still, or the wall clock was set. */
export function watchClock({ clock, tickMs, found }: ClockWatchOptions): { close(): void } {
  const closed = new AbortController();
  let last = readClock(clock);
  const wait = () => {
    const delayMs = Math.min(RAREST_TICK_MS, tickMs());
    clock.after(delayMs, () => look(delayMs), closed.signal);
  };
  const look = (delayMs: number) => {
    let now = readClock(clock);
    // A sleep or a step between two lines of one reading makes it contradict itself: the second one is whole.
    if (clockFindings(last, now, delayMs).length > 0) now = readClock(clock);
    const findings = clockFindings(last, now, delayMs);
    last = now;
    wait();
    for (const finding of findings) found(finding);
  };
  wait();
  return { close: () => closed.abort() };
}

function readClock(clock: Clock): ClockReading {
  return { wallMs: clock.wallMs(), ticksMs: clock.ticksMs(), bootMs: clock.bootMs?.() ?? null };
}
