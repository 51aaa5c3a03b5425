import type { Segment } from "@mimolo/protocol";
import type { Correction } from "./corrections.ts";
import type { Stretch } from "./fold.ts";
import { lowerBound } from "./intervals.ts";
import { changesOf, type TimelineEvent, vanished } from "./revision.ts";
import type { Described } from "./segment.ts";

/** The segments as last shown, in order, and which of them was announced as open. */
export class Display {
  #shown: Described[] = [];
  #announced: string | null = null;
  #nowMs = Number.NEGATIVE_INFINITY;

  get all(): readonly Described[] {
    return this.#shown;
  }

  get last(): Described | undefined {
    return this.#shown.at(-1);
  }

  get hasOpen(): boolean {
    return this.#announced !== null;
  }

  touching(fromMs: number, toMs: number): Described[] {
    return this.#shown.slice(this.#firstEndingAt(fromMs), this.#firstStartingAfter(toMs));
  }

  /** Shows `after` instead of `before`, which stand side by side, and says what that means to who watches. */
  replace(before: readonly Described[], after: readonly Described[], tail: Stretch | undefined): TimelineEvent[] {
    const first = before[0] ?? after[0];
    if (first === undefined) return this.#settle([], [], tail);
    const at = lowerBound(this.#shown, (shown) => shown.startMs < first.startMs);
    this.#shown.splice(at, before.length, ...after);
    return this.#settle(before, after, tail);
  }

  /** Goes on where `old` was: says what those who watched it have to learn. */
  replaceAll(old: Display, tail: Stretch | undefined): TimelineEvent[] {
    const after = this.#shown;
    this.#shown = [...old.#shown];
    this.#announced = old.#announced;
    this.#nowMs = old.#nowMs;
    return this.replace([...old.#shown], after, tail);
  }

  /** Lets time pass; it never runs back. */
  tick(nowMs: number, tail: Stretch | undefined): TimelineEvent[] {
    this.#nowMs = Math.max(this.#nowMs, nowMs);
    return this.#settle([], [], tail);
  }

  /** The segment that `tail`, the last stretch, would still extend at `nowMs`: the one in which the stretch ends. */
  openAt(nowMs: number, tail: Stretch | undefined): Described | null {
    if (tail === undefined || nowMs > tail.deadlineMs) return null;
    const holding = this.touching(tail.endMs, tail.endMs);
    return holding.findLast((shown) => shown.piece.stretches.includes(tail)) ?? null;
  }

  /** The segments that are shown as closed at `nowMs`, and the open one. */
  at(nowMs: number, tail: Stretch | undefined): { segments: Segment[]; open: Segment | null } {
    const open = this.openAt(nowMs, tail);
    const closed = this.#shown.filter((shown) => shown !== open && !shown.isTooShort);
    return { segments: closed.map(({ segment }) => segment), open: open?.segment ?? null };
  }

  #settle(before: readonly Described[], after: readonly Described[], tail: Stretch | undefined): TimelineEvent[] {
    const now = this.openAt(this.#nowMs, tail)?.segment.id ?? null;
    const announced = this.#announced;
    this.#announced = now;
    const seen = before.filter((shown) => isVisible(shown, announced));
    const events = changesOf(
      seen,
      after.filter((shown) => isVisible(shown, now)),
      { announced, now },
    );
    if (announced === null || announced === now) return events;
    const ended = this.#shown.findLast((shown) => shown.segment.id === announced);
    if (ended === undefined) return events;
    if (ended.isTooShort)
      return before.includes(ended) || after.includes(ended) ? events : [vanished(ended.segment), ...events];
    const place = events.findLastIndex((event) => event.segment.id === announced) + 1;
    return [...events.slice(0, place), { type: "segment:closed", segment: ended.segment }, ...events.slice(place)];
  }

  #firstStartingAfter(ms: number): number {
    return lowerBound(this.#shown, (shown) => shown.startMs <= ms);
  }

  #firstEndingAt(ms: number): number {
    return lowerBound(this.#shown, (shown) => shown.endMs < ms);
  }
}

function isVisible(shown: Described, openId: string | null): boolean {
  return !shown.isTooShort || shown.segment.id === openId;
}

/** The corrections and segments that hang together with a range, as the range they cover. */
export function widen(
  range: { readonly fromMs: number; readonly toMs: number },
  touching: (fromMs: number, toMs: number) => readonly (Correction | Stretch | Described)[],
): { readonly fromMs: number; readonly toMs: number } {
  const found = touching(range.fromMs, range.toMs);
  const fromMs = Math.min(range.fromMs, ...found.map((interval) => interval.startMs));
  const toMs = Math.max(range.toMs, ...found.map((interval) => interval.endMs));
  return fromMs === range.fromMs && toMs === range.toMs ? range : widen({ fromMs, toMs }, touching);
}
