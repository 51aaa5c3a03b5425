import type { SpanConfidence, SpanKind } from "./note.ts";
import type { ToldSpan } from "./told-span.ts";

export interface LaneSpan {
  readonly startMs: number;
  readonly endMs: number;
  readonly kind: SpanKind;
  readonly confidence: SpanConfidence;
  /** How many records say so. */
  readonly records: number;
}

/** The range that is looked at, cut into cells of one length. */
export interface Grid {
  readonly fromMs: number;
  readonly toMs: number;
  readonly cellMs: number;
}

/** What is told of one kind within one cell. */
interface Told {
  readonly kind: SpanKind;
  confidence: SpanConfidence;
  startMs: number;
  endMs: number;
  records: number;
}

/** What one agent told of a range of time, in memory that depends on the cells and not on the records. */
export class Lane {
  readonly #grid: Grid;
  readonly #cells = new Map<number, Partial<Record<SpanKind, Told>>>();
  #isActive = false;

  constructor(grid: Grid) {
    this.#grid = grid;
  }

  /** Work, or a word on there being none, was told at least once. */
  get isActive(): boolean {
    return this.#isActive;
  }

  add(span: Pick<ToldSpan, "startMs" | "endMs" | "kind" | "confidence">): void {
    const { fromMs, toMs, cellMs } = this.#grid;
    const startMs = Math.max(span.startMs, fromMs);
    const endMs = Math.min(span.endMs, toMs);
    const isMoment = span.startMs === span.endMs;
    if (endMs < startMs || startMs >= toMs || (!isMoment && endMs === startMs)) return;
    if (span.kind === "worked" || span.kind === "idle") this.#isActive = true;
    const first = Math.floor((startMs - fromMs) / cellMs);
    const last = isMoment ? first : Math.ceil((endMs - fromMs) / cellMs) - 1;
    for (let at = first; at <= last; at++) {
      const cellStartMs = fromMs + at * cellMs;
      this.#note(at, {
        kind: span.kind,
        confidence: span.confidence,
        startMs: Math.max(startMs, cellStartMs),
        endMs: Math.min(endMs, cellStartMs + cellMs),
        // Each record counts once, where what it tells of ends.
        records: at === last ? 1 : 0,
      });
    }
  }

  /** In order, none overlapping; neighbours that say the same and are less than a cell apart are one. */
  get spans(): LaneSpan[] {
    const joined: Told[] = [];
    for (const [, cell] of [...this.#cells].toSorted(([one], [other]) => one - other)) {
      const next = shownOf(cell);
      const last = joined.at(-1);
      if (
        last?.kind === next.kind &&
        last.confidence === next.confidence &&
        next.startMs - last.endMs < this.#grid.cellMs
      ) {
        last.endMs = next.endMs;
        last.records += next.records;
      } else joined.push({ ...next });
    }
    return joined;
  }

  #note(at: number, told: Told): void {
    const cell = this.#cells.get(at) ?? {};
    this.#cells.set(at, cell);
    const known = cell[told.kind];
    if (known === undefined) {
      cell[told.kind] = told;
      return;
    }
    known.startMs = Math.min(known.startMs, told.startMs);
    known.endMs = Math.max(known.endMs, told.endMs);
    known.records += told.records;
    // What was seen is not made less by what is only likely.
    if (told.confidence === "observed") known.confidence = "observed";
  }
}

/** Work shows however short it was; of the rest what lasted longest. */
function shownOf(cell: Partial<Record<SpanKind, Told>>): Told {
  if (cell.worked !== undefined) return cell.worked;
  const [first, ...rest] = [cell.idle, cell.passive, cell.gap].filter((each) => each !== undefined);
  if (first === undefined) throw new Error("a cell of a lane without anything in it");
  return rest.reduce((longest, each) => (lengthOf(each) > lengthOf(longest) ? each : longest), first);
}

function lengthOf({ startMs, endMs }: Told): number {
  return endMs - startMs;
}
