import type { Clock } from "./clock.ts";
import { TokenBucket } from "./token-bucket.ts";

/** The most one agent may send in the long run; 0 = no limit. A burst may hold one second's worth. */
export interface AgentLimits {
  readonly messagesPerSecond: number;
  readonly bytesPerSecond: number;
}

export const noLimits: AgentLimits = { messagesPerSecond: 0, bytesPerSecond: 0 };

/** Both ceilings of one agent, over all its runs: a new process brings no new allowance. */
export class RateLimit {
  readonly #clock: Clock;
  readonly #messages: TokenBucket;
  readonly #bytes: TokenBucket;

  constructor(limits: AgentLimits, clock: Clock) {
    const nowMs = clock.ticksMs();
    this.#clock = clock;
    this.#messages = new TokenBucket(limits.messagesPerSecond, nowMs);
    this.#bytes = new TokenBucket(limits.bytesPerSecond, nowMs);
  }

  /** A chunk came, whatever is in it. */
  read(bytes: number): void {
    this.#bytes.take(bytes, this.#clock.ticksMs());
  }

  /** A line was in it. One we asked for is free, and so are its bytes. */
  line(bytes: number, atMs: number, asked: boolean): void {
    if (asked) this.#bytes.giveBack(bytes);
    else this.#messages.take(1, atMs);
  }

  /** So many lines were in it that nobody asked for. */
  lines(count: number, atMs: number): void {
    this.#messages.take(count, atMs);
  }

  /** How long to read nothing until both ceilings are kept again. */
  get debtMs(): number {
    const nowMs = this.#clock.ticksMs();
    return Math.max(this.#messages.debtMs(nowMs), this.#bytes.debtMs(nowMs));
  }
}
