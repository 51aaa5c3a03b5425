const BYTES = 32;

/** SHA-256 hashes by number, 32 bytes each: a year of commits stays small. */
export class HashList {
  #bytes = Buffer.alloc(64 * BYTES);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Adds a hash given in hex. */
  push(hex: string): void {
    const start = this.#length * BYTES;
    if (start === this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(start)]);
    this.#bytes.write(hex, start, "hex");
    this.#length += 1;
  }

  /** The hash in hex; undefined outside the list. */
  at(n: number): string | undefined {
    if (n < 0 || n >= this.#length) return undefined;
    return this.#bytes.toString("hex", n * BYTES, (n + 1) * BYTES);
  }
}
