/** What we think of an agent's health, beside its own word: pure, from what was measured and what it reports of itself. */
import type { AgentHealth } from "@mimolo/supervisor";

export interface HealthThresholds {
  /** `slowpoke_flush_latency_s`, in milliseconds. */
  readonly flushLatencyMs: number;
  /** `slowpoke_queue`. */
  readonly queue: number;
  /** `degraded_errors_per_min`. */
  readonly errorsPerMinute: number;
  /** `overload_throttle_factor`. */
  readonly throttleFactor: number;
}

export interface Vitals {
  /** From flush to summary: the longer of what it says and what we saw; `null` when neither is known. */
  readonly flushLatencyMs: number | null;
  /** Its `metrics.queue`. */
  readonly queue: number | null;
  readonly errorsPerMinute: number;
  /** How many times slower we asked it to be. */
  readonly throttleFactor: number;
}

/** One source of opinion: `health` while it holds, `ok` again when it does not. */
export interface HealthRule {
  readonly from: "flush-latency" | "queue" | "errors" | "throttle";
  readonly health: AgentHealth;
  holds(vitals: Vitals, limits: HealthThresholds): boolean;
  /** Why, with the key to change. */
  because(vitals: Vitals, limits: HealthThresholds): string;
}

/** Asked of every agent at every sweep: sentences are made only when one changes. */
export const HEALTH_RULES: readonly HealthRule[] = [
  {
    from: "flush-latency",
    health: "slowpoke",
    holds: ({ flushLatencyMs }, limits) => (flushLatencyMs ?? 0) > limits.flushLatencyMs,
    because: ({ flushLatencyMs }, limits) =>
      `a flush takes ${seconds(flushLatencyMs ?? 0)} (slowpoke_flush_latency_s = ${limits.flushLatencyMs / 1000})`,
  },
  {
    from: "queue",
    health: "slowpoke",
    holds: ({ queue }, limits) => (queue ?? 0) > limits.queue,
    because: ({ queue }, limits) => `${queue ?? 0} wait in its queue (slowpoke_queue = ${limits.queue})`,
  },
  {
    from: "errors",
    health: "degraded",
    holds: ({ errorsPerMinute }, limits) => errorsPerMinute > limits.errorsPerMinute,
    because: ({ errorsPerMinute }, limits) =>
      `${errorsPerMinute} errors or refused lines in a minute (degraded_errors_per_min = ${limits.errorsPerMinute})`,
  },
  {
    from: "throttle",
    health: "overload",
    holds: ({ throttleFactor }, limits) => throttleFactor >= limits.throttleFactor,
    because: ({ throttleFactor }, limits) =>
      `slowed ${throttleFactor} times (overload_throttle_factor = ${limits.throttleFactor})`,
  },
];

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
