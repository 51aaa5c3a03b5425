// Which values a privacy rule covers.

/** What stands where a covered value was. */
export const REDACTED = "[redacted]";

/** A covered field larger than this counts as a match unread: no pattern gets to work on more. */
const MOST_BYTES = 4096;

/** Whether a text fits. */
export type Pattern = (text: string) => boolean;

/** `*` stands for anything, `?` for one character, all else for itself in upper or lower case; the whole text has to fit. Takes
 *  at most length × length steps. */
export function globPattern(glob: string): Pattern {
  const wanted = Array.from(folded(glob));
  return (text) => fits(Array.from(folded(text)), wanted);
}

/** The regular expressions of privacy rules: RE2JS, handed in by whoever has such rules, so that an agent without them never
 *  loads it. It takes time in proportion to the text, whatever the text is made of; JavaScript's own can be hung by one. */
export interface RegexEngine {
  readonly DOTALL: number;
  /** From JavaScript's way of writing to RE2's. */
  translateRegExp(source: string): string;
  /** Throws for what is no regular expression of RE2's: look-around and back-references are not. */
  compile(source: string, flags: number): { test(text: string): boolean };
}

/** A regular expression that may match anywhere in the text; `.` matches line ends too, `(?i)` at its beginning ignores upper
 *  and lower case. Throws what the engine throws. */
export function regexPattern(source: string, engine: RegexEngine): Pattern {
  const regex = engine.compile(engine.translateRegExp(source), engine.DOTALL);
  return (text) => {
    if (regex.test(text)) return true;
    const composed = text.normalize("NFC");
    return composed !== text && regex.test(composed);
  };
}

/** Whether a field's value is covered: its text, a number as JSON writes it, any text or key inside an object or list; too much
 *  to look at is covered too. `null` holds nothing. */
export function isCovered(value: unknown, pattern: Pattern): boolean {
  if (value === null || value === REDACTED) return false;
  if (typeof value === "string") return isLarge(value) || pattern(value);
  const text = JSON.stringify(value);
  if (typeof value !== "object") return pattern(text);
  return isLarge(text) || holdsCovered(value, pattern);
}

function holdsCovered(holder: object, pattern: Pattern): boolean {
  const hasNames = !Array.isArray(holder);
  return Object.entries(holder).some(([key, value]: [string, unknown]) => {
    if (hasNames && pattern(key)) return true;
    if (typeof value === "object" && value !== null) return holdsCovered(value, pattern);
    return isCovered(value, pattern);
  });
}

function isLarge(text: string): boolean {
  if (text.length > MOST_BYTES) return true;
  // UTF-8 needs at most three bytes for one unit of a JavaScript string.
  if (text.length * 3 <= MOST_BYTES) return false;
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes > MOST_BYTES;
}

// One letter has many codes: composed or not, large or small.
function folded(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

/** Goes back to the last `*` alone, which is enough: what an earlier one could take, the last can take as well. */
function fits(text: readonly string[], wanted: readonly string[]): boolean {
  let [at, next] = [0, 0];
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (wanted[next] === "*") {
      star = next;
      resume = at;
      next += 1;
    } else if (next < wanted.length && (wanted[next] === "?" || wanted[next] === text[at])) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      next = star + 1;
    } else {
      return false;
    }
  }
  while (wanted[next] === "*") next += 1;
  return next === wanted.length;
}
