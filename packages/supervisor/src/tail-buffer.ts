const EMPTY = new Uint8Array(0);

/** The newest bytes of a stream, for last words: keeps at most `capacity`, and takes memory only as there is something. */
export class TailBuffer {
  readonly #capacity: number;
  #bytes: Uint8Array = EMPTY;
  #end = 0;
  #full = false;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(chunk: Uint8Array): void {
    const kept = chunk.length > this.#capacity ? chunk.subarray(chunk.length - this.#capacity) : chunk;
    this.#makeRoomFor(kept.length);
    const untilWrap = Math.min(kept.length, this.#bytes.length - this.#end);
    this.#bytes.set(kept.subarray(0, untilWrap), this.#end);
    this.#bytes.set(kept.subarray(untilWrap), 0);
    if (this.#end + kept.length >= this.#capacity) this.#full = true;
    this.#end = (this.#end + kept.length) % this.#capacity;
  }

  /** The newest `bytes` as text; a character cut in half at the start is left out. */
  last(bytes: number): string {
    if (this.#bytes.length === 0) return "";
    const ordered = this.#full
      ? Buffer.concat([this.#bytes.subarray(this.#end), this.#bytes.subarray(0, this.#end)])
      : Buffer.from(this.#bytes.subarray(0, this.#end));
    let from = Math.max(0, ordered.length - bytes);
    if (from > 0 || this.#full) while (((ordered[from] ?? 0) & 0xc0) === 0x80) from++;
    return ordered.toString("utf8", from);
  }

  #makeRoomFor(more: number): void {
    if (this.#full || this.#end + more <= this.#bytes.length) return;
    const size = Math.min(this.#capacity, Math.max(1_024, 2 * this.#bytes.length, this.#end + more));
    if (size === this.#bytes.length) return;
    const grown = new Uint8Array(size);
    grown.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = grown;
  }
}
