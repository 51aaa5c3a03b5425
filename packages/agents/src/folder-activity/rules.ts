// One list of gitignore patterns, as git reads them.
import ignore, { type Ignore } from "ignore";

/** What a list of patterns says of a path; `null` when it says nothing. */
export type Ruling = "ignored" | "wanted" | null;

/** `ignore` remembers every path it was asked about; past this many it is made anew. */
const QUESTIONS_REMEMBERED = 4_096;

/** Patterns in gitignore form. Memory stays bounded however many paths are asked about. */
export class Rules {
  readonly #patterns: string;
  #compiled: Ignore | null = null;
  #questions = 0;

  constructor(patterns: string) {
    this.#patterns = patterns;
  }

  /** `path` is relative to the folder the patterns belong to, with `/` between names. */
  of(path: string, isFolder: boolean): Ruling {
    if (this.#compiled === null || this.#questions >= QUESTIONS_REMEMBERED) {
      this.#compiled = ignore({ ignorecase: process.platform !== "linux" }).add(this.#patterns);
      this.#questions = 0;
    }
    this.#questions += 1;
    const { ignored, unignored } = this.#compiled.test(isFolder ? `${path}/` : path);
    return ignored ? "ignored" : unignored ? "wanted" : null;
  }
}
