// JSON as programs write it, looked at and not parsed: printable ASCII, no escapes, at most one space after `:` and `,`.
// Each function says where what it looks for ends, or -1: then it may still be JSON, and the parser decides.

export const NEWLINE = 10;
export const RETURN = 13;
const SPACE = 32;
export const QUOTE = 34;
const PLUS = 43;
export const COMMA = 44;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
export const COLON = 58;
const UPPER_E = 69;
const LIST = 91;
const BACKSLASH = 92;
const LIST_END = 93;
const LOWER_E = 101;
const LOWER_F = 102;
const LOWER_N = 110;
const LOWER_T = 116;
export const OPEN = 123;
export const CLOSE = 125;
const LAST_PRINTABLE = 126;
const FALSE = /* @__PURE__ */ bytesOf("false");
const NULL = /* @__PURE__ */ bytesOf("null");
const TRUE = /* @__PURE__ */ bytesOf("true");

/** Behind an object of simple values, or -1; `from` is behind its brace. */
export function pastFlatObject(bytes: Uint8Array, from: number): number {
  return pastObject(bytes, from, 0);
}

/** The same of one whose values may go `levels` deeper. */
function pastObject(bytes: Uint8Array, from: number, levels: number): number {
  if (bytes[from] === CLOSE) return from + 1;
  let at = from;
  for (;;) {
    if (bytes[at] !== QUOTE) return -1;
    at = pastText(bytes, at + 1);
    if (at === -1 || bytes[at] !== COLON) return -1;
    at = pastValue(bytes, overSpace(bytes, at + 1), levels);
    if (at === -1) return -1;
    if (bytes[at] === CLOSE) return at + 1;
    if (bytes[at] !== COMMA) return -1;
    at = overSpace(bytes, at + 1);
  }
}

function pastList(bytes: Uint8Array, from: number, levels: number): number {
  if (bytes[from] === LIST_END) return from + 1;
  let at = from;
  for (;;) {
    at = pastValue(bytes, at, levels);
    if (at === -1) return -1;
    if (bytes[at] === LIST_END) return at + 1;
    if (bytes[at] !== COMMA) return -1;
    at = overSpace(bytes, at + 1);
  }
}

/** Behind any value, or -1 where objects and lists stand more than `levels` deep in it. */
export function pastValue(bytes: Uint8Array, at: number, levels: number): number {
  const byte = bytes[at];
  if (byte !== OPEN && byte !== LIST) return pastSimple(bytes, at);
  if (levels === 0) return -1;
  return byte === OPEN ? pastObject(bytes, at + 1, levels - 1) : pastList(bytes, at + 1, levels - 1);
}

/** Behind a text, a number or a word, or -1. */
export function pastSimple(bytes: Uint8Array, at: number): number {
  switch (bytes[at]) {
    case QUOTE:
      return pastText(bytes, at + 1);
    case LOWER_T:
      return past(bytes, at, TRUE);
    case LOWER_F:
      return past(bytes, at, FALSE);
    case LOWER_N:
      return past(bytes, at, NULL);
    default:
      return pastNumber(bytes, at);
  }
}

/** Behind a text without escapes, or -1; `from` is behind its quote. */
export function pastText(bytes: Uint8Array, from: number): number {
  for (let at = from; ; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) return at + 1;
    if (byte < SPACE || byte > LAST_PRINTABLE || byte === BACKSLASH) return -1;
  }
}

function pastNumber(bytes: Uint8Array, from: number): number {
  const first = bytes[from] === MINUS ? from + 1 : from;
  let at = bytes[first] === ZERO ? first + 1 : pastDigits(bytes, first);
  if (at !== -1 && bytes[at] === DOT) at = pastDigits(bytes, at + 1);
  if (at === -1 || (bytes[at] !== LOWER_E && bytes[at] !== UPPER_E)) return at;
  const sign = bytes[at + 1];
  return pastDigits(bytes, sign === MINUS || sign === PLUS ? at + 2 : at + 1);
}

/** One at least. */
function pastDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  for (let byte = bytes[at] ?? 0; byte >= ZERO && byte <= NINE; byte = bytes[at] ?? 0) at += 1;
  return at === from ? -1 : at;
}

/** One space is fine. */
export function overSpace(bytes: Uint8Array, at: number): number {
  return bytes[at] === SPACE ? at + 1 : at;
}

/** Behind these very bytes, or -1; -1 stays -1. */
export function past(bytes: Uint8Array, from: number, word: readonly number[]): number {
  if (from === -1) return -1;
  for (let at = 0; at < word.length; at += 1) if (bytes[from + at] !== word[at]) return -1;
  return from + word.length;
}

/** The bytes of an ASCII text. */
export function bytesOf(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}
