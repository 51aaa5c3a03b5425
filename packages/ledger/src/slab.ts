/** A block of memory that lines are written into, one behind the other. */
export interface Slab {
  readonly bytes: Buffer;
  end: number;
  /** Batches that still need its bytes. */
  holders: number;
}
