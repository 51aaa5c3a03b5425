import { statSync, utimesSync, writeFileSync } from "node:fs";
import type { Clock } from "@mimolo/supervisor";

const ALIVE_EVERY_MS = 5_000;

/** When a collector was last seen alive on this data directory, milliseconds since the epoch; `null` before the first run. */
export function lastAliveMs(file: string): number | null {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return null;
  }
}

/** Says that the collector lives. A file that cannot be touched makes the next gap longer, never the collector fail. */
export function noteAlive(file: string, nowMs: number): void {
  try {
    utimesSync(file, nowMs / 1000, nowMs / 1000);
  } catch {
    makeQuietly(file, nowMs);
  }
}

/** Says so now and every five seconds, until `signal`. */
export function stayAlive(file: string, clock: Pick<Clock, "wallMs" | "after">, signal: AbortSignal): void {
  noteAlive(file, clock.wallMs());
  clock.after(ALIVE_EVERY_MS, () => stayAlive(file, clock, signal), signal);
}

function makeQuietly(file: string, nowMs: number): void {
  try {
    writeFileSync(file, "", { mode: 0o600 });
    utimesSync(file, nowMs / 1000, nowMs / 1000);
  } catch {
    // A full or read-only disk is reported by the ledger, which cannot work either.
  }
}
