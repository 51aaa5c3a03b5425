import type { Note, SpanKind, Speaker } from "./note.ts";

const KINDS: readonly SpanKind[] = ["worked", "idle", "passive", "gap"];
const RECONSTRUCTED = 4;
const SUMMARY = 8;
const FIRST_ROOM = 256;
const MOST_SPEAKERS = 65_535;

/** Notes in order of `seq`, as numbers: 27 bytes each, and up to as much again as room to grow. */
export class NoteTable {
  #seqs = new Float64Array();
  /** Of summaries: how far they say they reach back, or NaN; their two ends are one. */
  #starts = new Float64Array();
  #ends = new Float64Array();
  #marks = new Uint8Array();
  #speakers = new Uint16Array();
  readonly #known: Speaker[] = [];
  readonly #places = new Map<string, number>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** False where there is no room for one more speaker; then nothing was taken in. */
  add(note: Note): boolean {
    const speaker = this.#placeOf(note.speaker);
    if (speaker === null) return false;
    const at = this.#length;
    if (at === this.#seqs.length) this.#grow();
    const isSummary = note.saidMs !== undefined;
    this.#seqs[at] = note.seq;
    this.#starts[at] = isSummary ? (note.saidMs ?? Number.NaN) : note.startMs;
    this.#ends[at] = note.endMs;
    const likely = note.confidence === "reconstructed" ? RECONSTRUCTED : 0;
    this.#marks[at] = KINDS.indexOf(note.kind) | likely | (isSummary ? SUMMARY : 0);
    this.#speakers[at] = speaker;
    this.#length += 1;
    return true;
  }

  seqAt(at: number): number {
    return this.#seqs[at] ?? Number.POSITIVE_INFINITY;
  }

  at(at: number): Note {
    const mark = this.#marks[at] ?? 0;
    const [start = 0, endMs = 0] = [this.#starts[at], this.#ends[at]];
    const isSummary = (mark & SUMMARY) !== 0;
    return {
      seq: this.seqAt(at),
      speaker: this.#known[this.#speakers[at] ?? 0] as Speaker,
      startMs: isSummary ? endMs : start,
      endMs,
      kind: KINDS[mark & 3] as SpanKind,
      confidence: (mark & RECONSTRUCTED) === 0 ? "observed" : "reconstructed",
      ...(isSummary ? { saidMs: Number.isNaN(start) ? null : start } : {}),
    };
  }

  #placeOf(speaker: Speaker): number | null {
    const { label, pluginId, instance } = speaker;
    const key = `${instance ?? ""}\n${pluginId ?? ""}\n${label === null ? "everybody" : `one ${label}`}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    if (this.#known.length === MOST_SPEAKERS) return null;
    this.#places.set(key, this.#known.length);
    return this.#known.push(speaker) - 1;
  }

  #grow(): void {
    const room = Math.max(FIRST_ROOM, this.#seqs.length * 2);
    this.#seqs = into(new Float64Array(room), this.#seqs);
    this.#starts = into(new Float64Array(room), this.#starts);
    this.#ends = into(new Float64Array(room), this.#ends);
    this.#marks = into(new Uint8Array(room), this.#marks);
    this.#speakers = into(new Uint16Array(room), this.#speakers);
  }
}

function into<Numbers extends Float64Array | Uint8Array | Uint16Array>(larger: Numbers, numbers: Numbers): Numbers {
  larger.set(numbers);
  return larger;
}
