import type { Batch } from "./batch.ts";
import type { Slab } from "./slab.ts";

const SLAB_BYTES = 256 * 1024;
const FEWEST_SPARE_SLABS = 8;
/** What is left, after each commit, of the number of spare slabs; a flood's memory is given back within seconds. */
const KEPT_SHARE = 0.95;

/** Memory for lines on their way to the disk. Slabs come back when their batches are committed, so that a steady
 *  stream of records allocates nothing. */
export class Slabs {
  #current: Slab = newSlab(SLAB_BYTES);
  readonly #spare: Slab[] = [];
  #held = 0;
  /** How many slabs were needed at once of late: so many there are, since memory given back and asked for again by the
   *  megabyte piles up until the next collection of garbage. */
  #most = FEWEST_SPARE_SLABS;

  /** A slab with room for `length` bytes of `batch` from its `end` on; the byte before that is the batch's or free. */
  room(batch: Batch, length: number): Slab {
    let slab = this.#current;
    if (slab.holders === 0) slab.end = 0;
    if (slab.end + length + 1 > slab.bytes.length) {
      if (slab.holders === 0) this.#keep(slab);
      slab = this.#fresh(length + 1);
      this.#current = slab;
    }
    if (!batch.holds(slab)) {
      // A batch starts one byte later, because that byte is borrowed while its first line is hashed.
      slab.end += 1;
      batch.hold(slab);
      if (slab.holders === 1) this.#held += 1;
      this.#most = Math.max(this.#most, this.#held);
    }
    return slab;
  }

  /** Gives back what a committed batch held. */
  release(batch: Batch): void {
    for (const slab of batch.slabs()) {
      slab.holders -= 1;
      if (slab.holders > 0) continue;
      this.#held -= 1;
      if (slab !== this.#current) this.#keep(slab);
    }
    this.#most = Math.max(FEWEST_SPARE_SLABS, this.#held, Math.floor(this.#most * KEPT_SHARE));
    this.#spare.length = Math.min(this.#spare.length, this.#most - this.#held);
  }

  #fresh(length: number): Slab {
    const spare = length > SLAB_BYTES ? undefined : this.#spare.pop();
    if (spare === undefined) return newSlab(Math.max(SLAB_BYTES, length));
    spare.end = 0;
    return spare;
  }

  #keep(slab: Slab): void {
    if (slab.bytes.length === SLAB_BYTES && this.#spare.length + this.#held < this.#most) this.#spare.push(slab);
  }
}

function newSlab(length: number): Slab {
  return { bytes: Buffer.allocUnsafeSlow(length), end: 0, holders: 0 };
}
