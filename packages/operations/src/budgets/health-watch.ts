import type { AgentHealth, Clock } from "@mimolo/supervisor";
import { ErrorRate } from "./error-rate.ts";
import { type FlushLatency, flushAsked, latencyAt, noFlushYet, summaryCame } from "./flush-latency.ts";
import { type HealthOpinion, healthOpinions, type HealthThresholds } from "./health.ts";
import type { Sentence } from "./sentences.ts";

/** Whose health it is. */
export interface WatchedHealth {
  reportHealth(health: AgentHealth, from: string): void;
  pausedMs(): number;
  say(sentence: Sentence): void;
}

/** Gathers one process's vitals and reports what changed in our opinion of it. */
export class HealthWatch {
  readonly #agent: WatchedHealth;
  readonly #options: { readonly clock: Clock; terms(): HealthThresholds };
  readonly #opinions = new Map<HealthOpinion["from"], AgentHealth>();
  #errors = new ErrorRate();
  #flush: FlushLatency = noFlushYet;
  #saidLatencyMs: number | null = null;
  #queue: number | null = null;

  constructor(agent: WatchedHealth, options: { readonly clock: Clock; terms(): HealthThresholds }) {
    this.#agent = agent;
    this.#options = options;
  }

  /** The process is gone, and with it what we thought of it. */
  forget(): void {
    this.#opinions.clear();
    this.#errors = new ErrorRate();
    this.#flush = noFlushYet;
    this.#saidLatencyMs = null;
    this.#queue = null;
  }

  /** What it says of itself in `metrics`; keys it leaves out keep what it said last. */
  metrics(metrics: { readonly queue?: number | undefined; readonly flush_latency_ms?: number | undefined }): void {
    this.#queue = metrics.queue ?? this.#queue;
    this.#saidLatencyMs = metrics.flush_latency_ms ?? this.#saidLatencyMs;
  }

  /** An `error` of its own, or a line we had to refuse. */
  error(): void {
    this.#errors.count(this.#nowMs);
  }

  flushAsked(): void {
    this.#flush = flushAsked(this.#flush, this.#nowMs, this.#agent.pausedMs());
  }

  summaryCame(): void {
    this.#flush = summaryCame(this.#flush, this.#nowMs, this.#agent.pausedMs());
  }

  /** Reports each opinion that is another one than before, with a line that says why. */
  judge(throttleFactor: number): void {
    const seenMs = latencyAt(this.#flush, this.#nowMs, this.#agent.pausedMs());
    const said = this.#saidLatencyMs;
    const vitals = {
      flushLatencyMs: seenMs === null ? said : Math.max(seenMs, said ?? 0),
      queue: this.#queue,
      errorsPerMinute: this.#errors.perMinute(this.#nowMs),
      throttleFactor,
    };
    for (const { from, health, message } of healthOpinions(vitals, this.#options.terms())) {
      const before = this.#opinions.get(from) ?? "ok";
      if (health === before) continue;
      this.#opinions.set(from, health);
      const code = health === "ok" ? `no-longer-${before}` : health;
      this.#agent.say({ type: "collector", level: health === "ok" ? "info" : "warning", code, message });
      this.#agent.reportHealth(health, from);
    }
  }

  get #nowMs(): number {
    return this.#options.clock.ticksMs();
  }
}
