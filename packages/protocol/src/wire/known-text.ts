import { readUtf8 } from "./utf8.ts";

const LONGEST = 512;

/** A piece of JSON that mostly comes again just as it was: parsed once for as long as it does. */
export class KnownText {
  readonly #bytes = new Uint8Array(LONGEST);
  #length = -1;
  #value: unknown;

  /** The value of the ASCII JSON at [from, to); objects and lists in it are frozen. */
  read(bytes: Uint8Array, from: number, to: number): unknown {
    const length = to - from;
    if (length === this.#length && this.#isSame(bytes, from)) return this.#value;
    const value = frozen(JSON.parse(readUtf8(bytes.subarray(from, to)) ?? "null"));
    this.#length = length <= LONGEST ? length : -1;
    if (this.#length !== -1) this.#bytes.set(bytes.subarray(from, to));
    this.#value = value;
    return value;
  }

  // From behind: that is where times and counts differ.
  #isSame(bytes: Uint8Array, from: number): boolean {
    for (let at = this.#length - 1; at >= 0; at -= 1) if (bytes[from + at] !== this.#bytes[at]) return false;
    return true;
  }
}

function frozen(value: unknown): unknown {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
