// Heartbeats, samples and summaries of about 15 s, put together into what they say about the agent's strain.
import type { Metrics } from "@mimolo/protocol/wire";
import type { Strain } from "./pace.ts";

/** A window ends with the first beat after so long. */
const WINDOW_MS = 15_000;

export class BeatWindow {
  #startMs: number;
  #lastMs: number;
  #cpuMs = 0;
  #lags: number[] = [];
  #queue = 0;
  #sampleMs = 0;
  #flushMs: number | null = null;

  constructor(atMs: number) {
    this.#startMs = atMs;
    this.#lastMs = atMs;
  }

  sampled(tookMs: number): void {
    this.#sampleMs = Math.max(this.#sampleMs, tookMs);
  }

  flushed(tookMs: number): void {
    this.#flushMs = Math.max(this.#flushMs ?? 0, tookMs);
  }

  /** Takes a beat of `atMs`; the strain if the window is over, `null` if it goes on. The next window has begun then. */
  add(atMs: number, metrics: Metrics, paceMs: number): Strain | null {
    this.#cpuMs += ((metrics.cpu_percent_recent ?? 0) / 100) * (atMs - this.#lastMs);
    this.#lastMs = atMs;
    this.#lags.push(metrics.latency_ms ?? 0);
    this.#queue = metrics.queue ?? 0;
    if (atMs - this.#startMs < WINDOW_MS) return null;
    const strain = {
      // One late beat is a stopped process, a sleeping machine, a moment of others: the second latest counts.
      lagMs: this.#lags.toSorted((a, b) => b - a)[1] ?? 0,
      queue: this.#queue,
      flushLatencyMs: this.#flushMs,
      cpuPercent: (this.#cpuMs / (atMs - this.#startMs)) * 100,
      cpuAveragePercent: metrics.cpu_percent_avg_60s ?? 0,
      budgetPercent: metrics.cpu_budget_percent ?? Infinity,
      sampleMs: this.#sampleMs,
      paceMs,
    };
    this.#startMs = atMs;
    this.#cpuMs = 0;
    this.#lags = [];
    this.#sampleMs = 0;
    this.#flushMs = null;
    return strain;
  }
}
