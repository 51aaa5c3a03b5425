import { randomFillSync } from "node:crypto";

const SALTS = 512;
/** 16 random bytes and two zeros: 24 characters of base64url of which the first 22 are the salt. */
const STRIDE = 18;
const TEXT_STRIDE = 24;
const SALT_LENGTH = 22;

/** Hands out salts, 16 random bytes in base64url each; draws and encodes many at once. */
export class Salts {
  readonly #bytes = Buffer.alloc(SALTS * STRIDE);
  #text = "";
  #position = 0;

  next(): string {
    if (this.#position >= this.#text.length) this.#draw();
    const salt = this.#text.slice(this.#position, this.#position + SALT_LENGTH);
    this.#position += TEXT_STRIDE;
    return salt;
  }

  #draw(): void {
    randomFillSync(this.#bytes);
    for (let end = STRIDE; end <= this.#bytes.length; end += STRIDE) this.#bytes.fill(0, end - 2, end);
    this.#text = this.#bytes.toString("base64url");
    this.#position = 0;
  }
}
