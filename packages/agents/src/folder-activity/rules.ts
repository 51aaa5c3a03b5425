// One list of gitignore patterns, as git reads them.
import ignore, { type Ignore } from "ignore";

/** What a list of patterns says of a path; `null` when it says nothing. */
export type Ruling = "ignored" | "wanted" | null;

/** `ignore` remembers every path it was asked about; past this many it is made anew. */
const QUESTIONS_REMEMBERED = 4_096;
const IGNORES_CASE = process.platform !== "linux";

/** Patterns in gitignore form. Memory stays bounded however many paths are asked about. */
export class Rules {
  readonly #patterns: string;
  readonly #names: RegExp | null;
  #compiled: Ignore | null = null;
  #questions = 0;

  constructor(patterns: string) {
    this.#patterns = patterns;
    this.#names = namesConcerned(patterns);
  }

  /** `path` is relative to the folder the patterns belong to, with `/` between names; the folders it lies in are known
   *  not to be ignored. */
  of(path: string, isFolder: boolean): Ruling {
    if (this.#names !== null && !this.#names.test(path.slice(path.lastIndexOf("/") + 1))) return null;
    if (this.#compiled === null || this.#questions >= QUESTIONS_REMEMBERED) {
      this.#compiled = ignore({ ignorecase: IGNORES_CASE }).add(this.#patterns);
      this.#questions = 0;
    }
    this.#questions += 1;
    const { ignored, unignored } = this.#compiled.test(isFolder ? `${path}/` : path);
    return ignored ? "ignored" : unignored ? "wanted" : null;
  }
}

/** One expression that every name the patterns could speak of matches, so that all others are passed over quickly; null
 *  when a pattern speaks of more than a name. */
function namesConcerned(patterns: string): RegExp | null {
  const names: string[] = [];
  for (const line of patterns.split("\n")) {
    const pattern = line.trimEnd().replace(/^!/, "").replace(/^\\#/, "#").replace(/\/$/, "");
    if (pattern === "" || line.startsWith("#")) continue;
    if (/[/\\?[\]]/.test(pattern)) return null;
    names.push(pattern.replace(/[.+^${}()|]/g, "\\$&").replace(/\*+/g, ".*"));
  }
  return new RegExp(`^(?:${names.join("|")})$`, IGNORES_CASE ? "isu" : "su");
}
