import { isTimestampText } from "./timestamp.ts";

const SPACE = 32;
const BEFORE_TYPE = '{"type":'.length;
const QUOTES_AND_COMMA = 3;
const KEY_AND_COLON = '"timestamp":'.length;

/** Looks at the times of plain lines. Lines of one moment bear one text: what was a time before is one again. */
export class PlainStamp {
  /** With its quotes. */
  #last = "\n";
  #text = "";

  /** Whether the `timestamp` is a time of the plain line that begins at `from` with `{"type":` and a type of so many letters. */
  isTime(line: string, from: number, typeLetters: number): boolean {
    const type = overSpace(line, from + BEFORE_TYPE);
    const key = overSpace(line, type + typeLetters + QUOTES_AND_COMMA);
    const quote = overSpace(line, key + KEY_AND_COLON);
    if (line.startsWith(this.#last, quote)) return true;
    const end = line.indexOf('"', quote + 1);
    if (!isTimestampText(line.slice(quote + 1, end))) return false;
    this.#last = line.slice(quote, end + 1);
    this.#text = this.#last.slice(1, -1);
    return true;
  }

  /** The time `isTime` said yes to. */
  get text(): string {
    return this.#text;
  }
}

function overSpace(line: string, at: number): number {
  return line.charCodeAt(at) === SPACE ? at + 1 : at;
}
