/** How long an agent takes from `flush` to its summary, as we see it. Pure; monotonic milliseconds. */

export interface FlushLatency {
  /** The oldest flush without a summary, and how long its output had been paused by us until then. */
  readonly asked: { readonly atMs: number; readonly pausedMs: number } | null;
  readonly lastMs: number | null;
}

export const noFlushYet: FlushLatency = { asked: null, lastMs: null };

/** `pausedMs` is how long we have kept its output waiting in all: that is not the agent's slowness. */
export function flushAsked(latency: FlushLatency, atMs: number, pausedMs: number): FlushLatency {
  return latency.asked === null ? { ...latency, asked: { atMs, pausedMs } } : latency;
}

export function summaryCame(latency: FlushLatency, atMs: number, pausedMs: number): FlushLatency {
  return latency.asked === null ? latency : { asked: null, lastMs: waited(latency.asked, atMs, pausedMs) };
}

/** The last latency, or how long the flush of now is waiting already if that is more; `null` before any. */
export function latencyAt(latency: FlushLatency, atMs: number, pausedMs: number): number | null {
  if (latency.asked === null) return latency.lastMs;
  return Math.max(latency.lastMs ?? 0, waited(latency.asked, atMs, pausedMs));
}

function waited(asked: { readonly atMs: number; readonly pausedMs: number }, atMs: number, pausedMs: number): number {
  return Math.max(0, atMs - asked.atMs - (pausedMs - asked.pausedMs));
}
