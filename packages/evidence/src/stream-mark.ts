/** What a number means to its stream: one to be kept, one that was settled before, or a jump over those from `missingFrom` to
 *  `missingTo`. */
export type SequenceCheck = "new" | "duplicate" | { readonly missingFrom: number; readonly missingTo: number };

/** So many stretches of missing numbers are remembered of a stream; of more, the newest. */
const MOST_HOLES = 64;

interface Hole {
  readonly from: number;
  readonly to: number;
}

/** What is settled of one stream: every number up to `through`, but for those that were found missing and may still come. */
export class StreamMark {
  #through = 0;
  #heardMs = 0;
  #holes: readonly Hole[] = [];

  /** The highest number settled; 0 before the first. */
  get through(): number {
    return this.#through;
  }

  /** When the stream was last heard of, epoch milliseconds; 0: never. */
  get heardMs(): number {
    return this.#heardMs;
  }

  check(seq: number): SequenceCheck {
    if (seq === this.#through + 1) return "new";
    if (seq > this.#through) return { missingFrom: this.#through + 1, missingTo: seq - 1 };
    return this.#holes.some((hole) => holds(hole, seq)) ? "new" : "duplicate";
  }

  /** The number is settled, and those below it that are not known to be missing. */
  note(seq: number, atMs: number): void {
    this.#heardMs = Math.max(this.#heardMs, atMs);
    if (seq > this.#through) this.#through = seq;
    else if (this.#holes.length > 0) this.#holes = this.#holes.flatMap((hole) => without(hole, seq)).slice(-MOST_HOLES);
  }

  /** These numbers did not come; one that comes late is new all the same. */
  miss(from: number, to: number): void {
    const hole = { from: Math.max(from, this.#through + 1), to };
    if (hole.from > hole.to) return;
    this.#through = to;
    this.#holes = [...this.#holes, hole].slice(-MOST_HOLES);
  }
}

const holds = ({ from, to }: Hole, seq: number) => from <= seq && seq <= to;

function without(hole: Hole, seq: number): Hole[] {
  if (!holds(hole, seq)) return [hole];
  const parts = [
    { from: hole.from, to: seq - 1 },
    { from: seq + 1, to: hole.to },
  ];
  return parts.filter(({ from, to }) => from <= to);
}
