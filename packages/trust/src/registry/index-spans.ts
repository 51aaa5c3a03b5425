// Where the entries of an index stand in its text, in one pass: an index may be long, and made to take long.

/** What the parser does not tell. */
export interface IndexSpans {
  /** From where to where each element of the list `plugins` reaches. */
  readonly spans: readonly (readonly [start: number, end: number])[];
  /** By element: its first key that stands twice in one object, or is `__proto__`. */
  readonly doubled: ReadonlyMap<number, KeyPlace>;
  /** Such a key outside of them; null without one. */
  readonly outside: KeyPlace | null;
  /** Where it nests deeper than allowed; null where it does not. */
  readonly tooDeepAt: number | null;
}

export interface KeyPlace {
  readonly key: string;
  readonly at: number;
}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Walks a text that was parsed before, so it is valid JSON. Stops at what nests too deep. */
export function indexSpans(text: string, maxNesting: number): IndexSpans {
  const spans: [number, number][] = [];
  const doubled = new Map<number, KeyPlace>();
  let outside: KeyPlace | null = null;
  /** Names seen in each open object; null for a list. */
  const open: (Set<string> | null)[] = [];
  /** The list's depth, once it has begun and until it ends. */
  let listDepth = 0;
  let start = -1;
  let lastKey = "";
  let key: readonly [number, number] | null = null;
  const endElement = (at: number) => {
    if (open.length !== listDepth || start === -1) return;
    spans.push([start, at]);
    start = -1;
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // White space, and the rest of a number or a word.
    if (code <= 32) continue;
    if (code === COMMA) {
      endElement(at);
      continue;
    }
    if (code === COLON) {
      const names = open.at(-1);
      if (names == null || key === null) continue;
      lastKey = nameIn(text, key);
      if (names.has(lastKey) || lastKey === "__proto__") {
        const place = { key: lastKey, at: key[0] };
        if (listDepth === 0) outside ??= place;
        else if (!doubled.has(spans.length)) doubled.set(spans.length, place);
      }
      names.add(lastKey);
      continue;
    }
    if (code === CLOSE_LIST || code === CLOSE_OBJECT) {
      endElement(at);
      if (open.length === listDepth) listDepth = 0;
      open.pop();
      continue;
    }
    if (listDepth > 0 && open.length === listDepth && start === -1) start = at;
    if (code === QUOTE) {
      const end = endOfString(text, at);
      key = [at, end];
      at = end - 1;
    } else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      const isTheList = code === OPEN_LIST && open.length === 1 && lastKey === "plugins" && open[0] !== null;
      open.push(code === OPEN_OBJECT ? new Set() : null);
      if (isTheList) listDepth = open.length;
      if (open.length > maxNesting) return { spans, doubled, outside, tooDeepAt: at };
    }
  }
  return { spans, doubled, outside, tooDeepAt: null };
}

/** Behind the quote that ends a text. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}

function nameIn(text: string, [start, end]: readonly [number, number]): string {
  const written = text.slice(start + 1, end - 1);
  return written.includes("\\") ? (JSON.parse(text.slice(start, end)) as string) : written;
}

/** The line, from 1, of a place. */
export function lineAt(text: string, place: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < place; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
