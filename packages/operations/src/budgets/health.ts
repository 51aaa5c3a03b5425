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

/** One source of opinion: `ok` where nothing is wrong, so that it takes back what it said before. */
export interface HealthOpinion {
  readonly from: "flush-latency" | "queue" | "errors" | "throttle";
  readonly health: AgentHealth;
  /** Why, with the key to change. */
  readonly message: string;
}

export function healthOpinions(vitals: Vitals, limits: HealthThresholds): readonly HealthOpinion[] {
  const { flushLatencyMs: latency, queue, errorsPerMinute: errors, throttleFactor: factor } = vitals;
  const opinion = (from: HealthOpinion["from"], is: boolean, health: AgentHealth, message: string) => ({
    from,
    health: is ? health : ("ok" as const),
    message,
  });
  return [
    opinion(
      "flush-latency",
      (latency ?? 0) > limits.flushLatencyMs,
      "slowpoke",
      `a flush takes ${seconds(latency ?? 0)} (slowpoke_flush_latency_s = ${limits.flushLatencyMs / 1000})`,
    ),
    opinion(
      "queue",
      (queue ?? 0) > limits.queue,
      "slowpoke",
      `${queue ?? 0} wait in its queue (slowpoke_queue = ${limits.queue})`,
    ),
    opinion(
      "errors",
      errors > limits.errorsPerMinute,
      "degraded",
      `${errors} errors or refused lines in a minute (degraded_errors_per_min = ${limits.errorsPerMinute})`,
    ),
    opinion(
      "throttle",
      factor >= limits.throttleFactor,
      "overload",
      `slowed ${factor} times (overload_throttle_factor = ${limits.throttleFactor})`,
    ),
  ];
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
