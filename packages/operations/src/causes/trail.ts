import type { Cause } from "./cause.ts";

/** What an agent says without a cause comes from what reached it or was answered by it so shortly before. */
const LIKELY_MS = 250;
/** Causes that one agent may still name: as many as it may have calls under way, and as many events again. */
export const MOST_KEPT = 512;

interface Step {
  readonly cause: Cause;
  /** When it was delivered or answered; `null` while it is at work on it. */
  atMs: number | null;
}

/** What reached one agent's process, oldest first. */
export class Trail {
  readonly #steps = new Map<string, Step>();

  /** `isOpen`: a call, over when `close` says so. */
  add(cause: Cause, nowMs: number, isOpen = false): void {
    if (this.#steps.size >= MOST_KEPT) this.#forgetOne();
    this.#steps.set(cause.id, { cause, atMs: isOpen ? null : nowMs });
  }

  close(id: string, nowMs: number): void {
    const step = this.#steps.get(id);
    if (step !== undefined) step.atMs = nowMs;
  }

  named(said: unknown): Cause | undefined {
    return typeof said === "string" ? this.#steps.get(said)?.cause : undefined;
  }

  /** Of what it may be at work on, what went through most hands. */
  likely(nowMs: number): Cause | undefined {
    let most: Cause | undefined;
    for (const { cause, atMs } of this.#steps.values()) {
      if (atMs !== null && nowMs - atMs > LIKELY_MS) continue;
      if (most === undefined || cause.hops > most.hops) most = cause;
    }
    return most;
  }

  /** The oldest; what it is still at work on only if there is nothing else. */
  #forgetOne(): void {
    let oldest: string | undefined;
    for (const [id, { atMs }] of this.#steps) {
      oldest ??= id;
      if (atMs === null) continue;
      oldest = id;
      break;
    }
    if (oldest !== undefined) this.#steps.delete(oldest);
  }
}
