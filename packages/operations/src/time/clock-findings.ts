/** One look at every clock there is. */
export interface ClockReading {
  readonly wallMs: number;
  /** Monotonic; on Linux it stands still while the machine sleeps. */
  readonly ticksMs: number;
  /** Since boot, sleep included; null where that is not to be had. */
  readonly bootMs: number | null;
}

/** What happened to time between two looks. */
export type ClockFinding =
  | { readonly kind: "gap"; readonly reason: "suspend" | "stall" | "suspend-or-stall"; fromMs: number; toMs: number }
  | { readonly kind: "clock_step"; readonly atMs: number; readonly byMs: number };

/** Shorter sleeps are no news. The clocks are read one after the other, `/proc/uptime` to 10 ms. */
const SHORTEST_SUSPEND_MS = 2_000;
/** A disciplined clock is slewed, which moves all clocks alike; only steps come near this. */
const SMALLEST_STEP_MS = 1_000;
/** A busy event loop is late too, but not by this much. */
const LATE_MS = 30_000;

/** Compares two readings that were to be `tickMs` apart. Gaps are in the wall time of the later one. */
export function clockFindings(last: ClockReading, now: ClockReading, tickMs: number): ClockFinding[] {
  const ticksMs = now.ticksMs - last.ticksMs;
  const wallMs = now.wallMs - last.wallMs;
  const bootMs = last.bootMs === null || now.bootMs === null ? null : now.bootMs - last.bootMs;
  // Time since boot that ran slower than the monotonic clock is another machine's, or a container's: of no use.
  if (bootMs === null || bootMs < ticksMs - SMALLEST_STEP_MS) return withoutBoot(now, { ticksMs, wallMs, tickMs });
  const findings: ClockFinding[] = [];
  const gap = (reason: "suspend" | "stall") =>
    findings.push({ kind: "gap", reason, fromMs: now.wallMs - bootMs, toMs: now.wallMs });
  if (bootMs - ticksMs > SHORTEST_SUSPEND_MS) gap("suspend");
  else if (ticksMs - tickMs > LATE_MS) gap("stall");
  return [...findings, ...step(now, wallMs - bootMs)];
}

/** Whether the monotonic clock runs on in a sleep differs from system to system: late by either clock is a gap, and only a wall
 *  clock that went back has surely been set. */
function withoutBoot(
  now: ClockReading,
  { ticksMs, wallMs, tickMs }: { ticksMs: number; wallMs: number; tickMs: number },
): ClockFinding[] {
  const back = wallMs < ticksMs ? step(now, wallMs - ticksMs) : [];
  const passedMs = Math.max(ticksMs, wallMs);
  if (passedMs - tickMs <= LATE_MS) return back;
  return [{ kind: "gap", reason: "suspend-or-stall", fromMs: now.wallMs - passedMs, toMs: now.wallMs }, ...back];
}

function step(now: ClockReading, byMs: number): ClockFinding[] {
  return Math.abs(byMs) > SMALLEST_STEP_MS ? [{ kind: "clock_step", atMs: now.wallMs, byMs: Math.round(byMs) }] : [];
}
