import type { Output } from "../output.ts";
import { fit } from "./width.ts";

const ERASE = "\r\u001B[2K";

/** One line at the bottom of a terminal that is rewritten in place. Where there is no terminal it shows nothing. */
export class LiveLine {
  readonly #output: Output;
  readonly #enabled: boolean;
  #shown = "";

  constructor(output: Output, enabled: boolean) {
    this.#output = output;
    this.#enabled = enabled && output.isTerminal;
  }

  /** Rewrites the line, if it says something new. */
  show(text: string): void {
    if (!this.#enabled) return;
    const line = fit(text, Math.max(10, this.#output.columns - 1));
    if (line === this.#shown) return;
    this.#shown = line;
    this.#put(`${ERASE}${this.#output.colour("dim", line)}`);
  }

  /** Runs `write` with the line out of the way, then puts it back. */
  around(write: () => void): void {
    if (this.#shown !== "") this.#put(ERASE);
    write();
    if (this.#shown !== "") this.#put(this.#output.colour("dim", this.#shown));
  }

  /** Takes the line away for good. */
  clear(): void {
    if (this.#shown !== "") this.#put(ERASE);
    this.#shown = "";
  }

  #put(text: string): void {
    // A terminal that takes no more only misses a refresh; the next one comes in a second.
    void this.#output.write(text);
  }
}
