import type { AgentHealth, Clock } from "@mimolo/supervisor";
import { ErrorRate } from "./error-rate.ts";
import { type FlushLatency, flushAsked, latencyAt, noFlushYet, summaryCame } from "./flush-latency.ts";
import { HEALTH_RULES, type HealthRule, type HealthThresholds } from "./health.ts";
import type { Sentence } from "./sentences.ts";

/** Whose health it is. */
export interface WatchedHealth {
  reportHealth(health: AgentHealth, from: string, because: string): void;
  pausedMs(): number;
  say(sentence: Sentence): void;
}

/** Gathers one process's vitals and reports what changed in our opinion of it. */
export class HealthWatch {
  readonly #agent: WatchedHealth;
  readonly #options: { readonly clock: Clock; terms(): HealthThresholds };
  readonly #standing = new Set<HealthRule>();
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
    this.#standing.clear();
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
    if (this.#flush.asked === null) return;
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
    const limits = this.#options.terms();
    for (const rule of HEALTH_RULES) {
      const holds = rule.holds(vitals, limits);
      if (holds === this.#standing.has(rule)) continue;
      if (holds) this.#standing.add(rule);
      else this.#standing.delete(rule);
      const code = holds ? rule.health : `no-longer-${rule.health}`;
      const message = rule.because(vitals, limits);
      this.#agent.say({ type: "collector", level: holds ? "warning" : "info", code, message });
      this.#agent.reportHealth(holds ? rule.health : "ok", rule.from, message);
    }
  }

  get #nowMs(): number {
    return this.#options.clock.ticksMs();
  }
}
