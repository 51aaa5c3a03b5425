// Heartbeats straight from their bytes. Nine lines of ten say no more than "I live": whether they are valid can be seen
// without making an object of each. What is not as plain as can be is left to `decodeLine`.
import {
  bytesOf,
  CLOSE,
  COLON,
  COMMA,
  NEWLINE,
  OPEN,
  overSpace,
  past,
  pastFlatObject,
  pastSimple,
  pastText,
  QUOTE,
  RETURN,
} from "./plain-json.ts";
import { isTimestampText } from "./timestamp.ts";
import { readUtf8 } from "./utf8.ts";

const LONGEST_TIMESTAMP = 40;
const HEAD = /* @__PURE__ */ bytesOf('{"type":');
const HEARTBEAT = /* @__PURE__ */ bytesOf('"heartbeat",');
const STAMP = /* @__PURE__ */ bytesOf('"timestamp":');
const TYPE_KEY = /* @__PURE__ */ bytesOf("type");
const TIMESTAMP_KEY = /* @__PURE__ */ bytesOf("timestamp");
/** Keys whose values the guard looks at. */
const TEXT_KEYS = /* @__PURE__ */ ["agent_id", "agent_label"].map(bytesOf);

/** Recognises heartbeats that `decodeLine` is certain to take: type and timestamp first, then plain keys with texts, numbers,
 *  words and objects of such; printable ASCII without escapes; at most one space after `:` and `,`. */
export class PlainHeartbeats {
  readonly #stamp = new Uint8Array(LONGEST_TIMESTAMP);
  #stampLength = -1;

  /** Where the line that begins at `from` ends, its line end included, if it is such a heartbeat; else -1. */
  endOf(bytes: Uint8Array, from: number): number {
    let at = past(bytes, from, HEAD);
    at = past(bytes, overSpace(bytes, at), HEARTBEAT);
    at = past(bytes, overSpace(bytes, at), STAMP);
    at = overSpace(bytes, at);
    if (at === -1 || bytes[at] !== QUOTE) return -1;
    const stampFrom = at + 1;
    at = pastText(bytes, stampFrom);
    if (at === -1 || !this.#isTime(bytes, stampFrom, at - 1)) return -1;
    while (bytes[at] === COMMA) {
      at = overSpace(bytes, at + 1);
      if (bytes[at] !== QUOTE) return -1;
      const key = at + 1;
      at = pastText(bytes, key);
      if (at === -1 || bytes[at] !== COLON) return -1;
      const value = overSpace(bytes, at + 1);
      if (isGuarded(bytes, key, at - 1 - key, bytes[value] === QUOTE)) return -1;
      at = bytes[value] === OPEN ? pastFlatObject(bytes, value + 1) : pastSimple(bytes, value);
      if (at === -1) return -1;
    }
    if (at === -1 || bytes[at] !== CLOSE) return -1;
    const end = bytes[at + 1] === RETURN ? at + 2 : at + 1;
    return bytes[end] === NEWLINE ? end + 1 : -1;
  }

  /** Heartbeats of one moment bear one text: what was a time before is one again. */
  #isTime(bytes: Uint8Array, from: number, to: number): boolean {
    const length = to - from;
    if (length > LONGEST_TIMESTAMP) return false;
    if (length === this.#stampLength && this.#isLast(bytes, from)) return true;
    const text = bytes.subarray(from, to);
    if (!isTimestampText(readUtf8(text) ?? "")) return false;
    this.#stamp.set(text);
    this.#stampLength = length;
    return true;
  }

  #isLast(bytes: Uint8Array, from: number): boolean {
    // From behind: that is where times differ.
    for (let at = this.#stampLength - 1; at >= 0; at -= 1) if (bytes[from + at] !== this.#stamp[at]) return false;
    return true;
  }
}

/** True for a key that must not come again, or whose value has to be the text that it is not. */
function isGuarded(bytes: Uint8Array, from: number, length: number, isText: boolean): boolean {
  if (length === TYPE_KEY.length) return past(bytes, from, TYPE_KEY) !== -1;
  if (length === TIMESTAMP_KEY.length) return past(bytes, from, TIMESTAMP_KEY) !== -1;
  if (isText) return false;
  return TEXT_KEYS.some((key) => length === key.length && past(bytes, from, key) !== -1);
}
