import type { Segment } from "@mimolo/protocol";
import { startOfDay } from "../parse/time.ts";
import { workedMs } from "../present/timeline.ts";

/** Keeps count of the observed work of the current local day while segments come and change. */
export class Today {
  readonly #segments = new Map<string, Segment>();
  #openId: string | null = null;

  /** A segment as it is now; `open` while more may come. */
  note(segment: Segment, open: boolean): void {
    this.#segments.set(segment.id, segment);
    if (open) this.#openId = segment.id;
    else if (this.#openId === segment.id) this.#openId = null;
  }

  /** A segment that takes the place of others; it stays open if one of them was. */
  revise(segment: Segment, replaces: readonly string[]): void {
    const open = this.#openId !== null && [segment.id, ...replaces].includes(this.#openId);
    for (const id of replaces) this.#segments.delete(id);
    this.note(segment, open);
  }

  /** The segment that goes on, or `null`. */
  get open(): Segment | null {
    return this.#openId === null ? null : (this.#segments.get(this.#openId) ?? null);
  }

  /** Milliseconds of observed work since local midnight; what was reconstructed does not count. */
  observedMs(nowMs: number): number {
    const fromMs = startOfDay(nowMs);
    let sum = 0;
    for (const [id, segment] of this.#segments) {
      if (Date.parse(segment.end) < fromMs && id !== this.#openId) this.#segments.delete(id);
      else if (segment.confidence === "observed") sum += workedMs(segment, fromMs, startOfDay(nowMs, 1));
    }
    return sum;
  }
}
