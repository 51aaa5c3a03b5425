const AFTER = ',"salt":"';

/** Writes the members of records. Many records in a row have the very same: those are turned into bytes once. */
export class KnownMembers {
  #text: string | null = null;
  #bytes: Buffer | null = null;

  /** The most bytes that `write` takes. */
  static most(members: string): number {
    return members.length * 3 + AFTER.length + 1;
  }

  /** Writes `,<members>,"salt":"` at `at` and answers where that ends. */
  write(into: Buffer, at: number, members: string): number {
    if (members !== this.#text) {
      this.#text = members;
      this.#bytes = null;
      return at + into.write(framed(members), at);
    }
    // Only what comes again is worth keeping.
    this.#bytes ??= Buffer.from(framed(members));
    into.set(this.#bytes, at);
    return at + this.#bytes.length;
  }
}

function framed(members: string): string {
  return members === "" ? AFTER : `,${members}${AFTER}`;
}
