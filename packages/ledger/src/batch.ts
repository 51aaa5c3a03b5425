import { leafOf, MerkleTree } from "./merkle.ts";
import type { Slab } from "./slab.ts";

/** The records of one commit while they wait: their bytes in slabs, their tree, their ranges. */
export class Batch {
  /** UTC day whose file they go to. */
  readonly day: string;
  /** True when the clock stepped back before them: they start a new part. */
  readonly stepBack: boolean;
  readonly seqFrom: number;
  seqTo: number;
  bytes = 0;
  timeFromMs = Number.POSITIVE_INFINITY;
  timeToMs = Number.NEGATIVE_INFINITY;
  /** Wall clock when nothing more could be added; 0 before. */
  sealedAtMs = 0;
  readonly tree = new MerkleTree();
  readonly #slices: { slab: Slab; start: number; end: number }[] = [];

  constructor(seqFrom: number, day: string, stepBack: boolean) {
    this.seqFrom = seqFrom;
    this.seqTo = seqFrom - 1;
    this.day = day;
    this.stepBack = stepBack;
  }

  /** From here on the batch's lines stand in `slab`, which it holds until it is committed. */
  hold(slab: Slab): void {
    this.#slices.push({ slab, start: slab.end, end: slab.end });
    slab.holders += 1;
  }

  /** Adds the line that stands in the held `slab` at [start, end), its `\n` last. The byte before it is borrowed for a moment:
   *  it belongs to this batch or to nobody. */
  add(slab: Slab, start: number, end: number): void {
    const slice = this.#slices.at(-1);
    if (slice?.slab === slab) slice.end = end;
    const before = start - 1;
    const kept = slab.bytes[before] ?? 0;
    slab.bytes[before] = 0;
    const { buffer, byteOffset } = slab.bytes;
    this.tree.add(leafOf(new Uint8Array(buffer, byteOffset + before, end - 1 - before)));
    slab.bytes[before] = kept;
    this.bytes += end - start;
    this.seqTo += 1;
  }

  /** Widens the range of event times. */
  span(fromMs: number, toMs: number): void {
    if (fromMs < this.timeFromMs) this.timeFromMs = fromMs;
    if (toMs > this.timeToMs) this.timeToMs = toMs;
  }

  holds(slab: Slab): boolean {
    return this.#slices.at(-1)?.slab === slab;
  }

  chunks(): Uint8Array[] {
    return this.#slices.map(({ slab, start, end }) => slab.bytes.subarray(start, end)).filter((c) => c.length > 0);
  }

  slabs(): Slab[] {
    return this.#slices.map(({ slab }) => slab);
  }
}
