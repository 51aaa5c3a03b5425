// Heartbeats: alive, and at what cost.
import type { Metrics } from "@mimolo/protocol/wire";
import type { Clock } from "./clock.ts";
import { CpuMeter } from "./cpu-meter.ts";

const SHORTEST_INTERVAL_MS = 50;

/** What the rest of the agent adds to a heartbeat. */
export interface PulseFigures {
  readonly queue: number;
  readonly pending: number;
  readonly samples: number;
  readonly flushLatencyMs: number | null;
}

/** Beats every `intervalMs` from `start` to `stop`. */
export class Pulse {
  readonly #clock: Clock;
  readonly #host: { cpuMs(): number; memoryMib(): number };
  readonly #figures: () => PulseFigures;
  readonly #beat: (metrics: Metrics) => void;
  readonly #meter: CpuMeter;
  #intervalMs: number;
  #forget = () => {};

  constructor(options: {
    clock: Clock;
    host: { cpuMs(): number; memoryMib(): number };
    intervalMs: number;
    figures: () => PulseFigures;
    beat: (metrics: Metrics) => void;
  }) {
    this.#clock = options.clock;
    this.#host = options.host;
    this.#figures = options.figures;
    this.#beat = options.beat;
    this.#intervalMs = options.intervalMs;
    this.#meter = new CpuMeter(this.#clock.ticksMs(), this.#host.cpuMs());
  }

  start(): void {
    this.#forget();
    const dueMs = this.#clock.ticksMs() + this.#intervalMs;
    this.#forget = this.#clock.after(this.#intervalMs, () => {
      const lateMs = this.#clock.ticksMs() - dueMs;
      this.start();
      this.#beat(this.#metrics(lateMs));
    });
  }

  stop(): void {
    this.#forget();
  }

  /** Takes what the collector's `ack` says; the next beat comes after the new interval. */
  configure({
    intervalMs,
    budgetPercent,
  }: {
    intervalMs?: number | undefined;
    budgetPercent?: number | undefined;
  }): void {
    if (budgetPercent !== undefined) this.#meter.budgetPercent = budgetPercent;
    if (intervalMs === undefined) return;
    this.#intervalMs = Math.max(SHORTEST_INTERVAL_MS, intervalMs);
    this.start();
  }

  #metrics(lateMs: number): Metrics {
    const cpu = this.#meter.read(this.#clock.ticksMs(), this.#host.cpuMs());
    const { queue, pending, samples, flushLatencyMs } = this.#figures();
    return {
      cpu: cpu.recentPercent / 100,
      mem_mb: tenths(this.#host.memoryMib()),
      queue,
      pending,
      samples,
      // How long this beat had to wait for its turn: the lag of the whole agent.
      latency_ms: tenths(Math.max(0, lateMs)),
      ...(flushLatencyMs === null ? {} : { flush_latency_ms: tenths(flushLatencyMs) }),
      cpu_percent_recent: cpu.recentPercent,
      cpu_percent_avg_60s: cpu.averagePercent,
      cpu_budget_percent: cpu.budgetPercent,
      cpu_budget_ok: cpu.isWithin,
      cpu_over_budget_seconds: tenths(cpu.overSeconds),
    };
  }
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
