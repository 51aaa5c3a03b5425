import type { Note, SpanConfidence, SpanKind, Speaker } from "./note.ts";

/** Which stretch of time a record speaks of, in one lane or, a gap of the collector itself, in all of them. */
export interface ToldSpan {
  readonly speaker: Speaker;
  readonly startMs: number;
  readonly endMs: number;
  readonly kind: SpanKind;
  readonly confidence: SpanConfidence;
}

/** No summary stands for more. */
export const LONGEST_SUMMARY_MS = 3_600_000;
/** One that does not say what it covers reaches back to the one before, and no further than this. */
const LONGEST_UNSAID_MS = 300_000;

/** Hears notes in commit order and tells which stretch each speaks of. */
export class SpanTeller {
  readonly #lastMs = new Map<string, number>();

  of(note: Note): ToldSpan {
    const { saidMs, endMs, speaker } = note;
    if (saidMs === undefined || speaker.instance === null) return note;
    const beforeMs = this.#lastMs.get(speaker.instance) ?? endMs;
    this.#lastMs.set(speaker.instance, endMs);
    const coveredMs = saidMs ?? Math.min(Math.max(0, endMs - beforeMs), LONGEST_UNSAID_MS);
    const startMs = endMs - Math.min(coveredMs, LONGEST_SUMMARY_MS);
    return { speaker, startMs, endMs, kind: note.kind, confidence: note.confidence };
  }
}
