// How much may be under way: sent, and neither committed nor refused yet.
import type { SpooledLine } from "./spooled-line.ts";

const MOST_RECORDS = 1024;
const MOST_BYTES = 262_144;

export class SendWindow {
  #sent: SpooledLine[] = [];
  #bytes = 0;

  /** Whether a line of so many bytes may be sent; one larger than the window goes alone. */
  fits(bytes: number): boolean {
    return this.#sent.length === 0 || (this.#sent.length < MOST_RECORDS && this.#bytes + bytes <= MOST_BYTES);
  }

  /** The number of the line sent last; 0 if all are settled. */
  get last(): number {
    return this.#sent.at(-1)?.seq ?? 0;
  }

  /** Whether a line of some usual size may be sent. */
  get hasRoom(): boolean {
    return this.#sent.length < MOST_RECORDS && this.#bytes < MOST_BYTES;
  }

  add(line: SpooledLine): void {
    this.#sent.push(line);
    this.#bytes += line.bytes;
  }

  settle(through: number): void {
    this.#sent = this.#sent.filter(({ seq }) => seq > through);
    this.#bytes = this.#sent.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
