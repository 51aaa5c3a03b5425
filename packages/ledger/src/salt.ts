import { randomFillSync } from "node:crypto";

const SALTS = 1024;
/** 16 random bytes and two zeros: 24 characters of base64url of which the first 22 are the salt. */
const STRIDE = 18;
const TEXT_STRIDE = 24;

/** Bytes of a salt. */
export const SALT_LENGTH = 22;

/** Hands out salts, 16 random bytes in base64url each; draws and encodes many at once. */
export class Salts {
  readonly #bytes = Buffer.alloc(SALTS * STRIDE);
  readonly #text = Buffer.alloc(SALTS * TEXT_STRIDE);
  #position = this.#text.length;

  /** Writes the next one at `at` and answers where it ends. */
  write(into: Uint8Array, at: number): number {
    if (this.#position >= this.#text.length) this.#draw();
    const text = this.#text;
    const from = this.#position;
    for (let i = 0; i < SALT_LENGTH; i += 1) into[at + i] = text[from + i] ?? 0;
    this.#position += TEXT_STRIDE;
    return at + SALT_LENGTH;
  }

  #draw(): void {
    randomFillSync(this.#bytes);
    for (let end = STRIDE; end <= this.#bytes.length; end += STRIDE) this.#bytes[end - 1] = this.#bytes[end - 2] = 0;
    this.#text.write(this.#bytes.toString("base64url"), "latin1");
    this.#position = 0;
  }
}
