// A glance at a line's first bytes, for liveness and counting before anybody parses it.
import { MESSAGE_TYPES, type MessageType } from "./constants.ts";

const QUOTE = 34;
const SPACE = 32;
// Pure, so that a bundle that never sniffs holds none of it: an agent's start pays for every table.
const PREFIX = /* @__PURE__ */ Array.from('{"type":', byteOf);
const WORDS = /* @__PURE__ */ MESSAGE_TYPES.map((type) => ({ type, bytes: Array.from(type, byteOf) }));

/** The type of a line that begins `{"type":"…"` (one space after the colon is fine), else `null`. A hint only: the line may
 *  still be broken, or name another type later. Never decide with it what becomes evidence. */
export function sniffType(bytes: Uint8Array): MessageType | null {
  for (let at = 0; at < PREFIX.length; at += 1) {
    if (bytes[at] !== PREFIX[at]) return null;
  }
  let from = PREFIX.length;
  if (bytes[from] === SPACE) from += 1;
  if (bytes[from] !== QUOTE) return null;
  from += 1;
  for (const word of WORDS) {
    if (bytes[from] === word.bytes[0] && isWordAt(bytes, from, word.bytes)) return word.type;
  }
  return null;
}

function byteOf(letter: string): number {
  return letter.charCodeAt(0);
}

function isWordAt(bytes: Uint8Array, from: number, word: readonly number[]): boolean {
  for (let at = 1; at < word.length; at += 1) {
    if (bytes[from + at] !== word[at]) return false;
  }
  return bytes[from + word.length] === QUOTE;
}
