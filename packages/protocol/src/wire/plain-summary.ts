// Summaries straight from their bytes. Their line is kept as it came; of what it says only a few fields are ever read before
// that. So those are parsed, and of the rest it is only seen that it is JSON. What is not as plain as can be is left to `decodeLine`.
import type { Summary } from "../message/summary.ts";
import { messageFault } from "./guard/message-guard.ts";
import { KnownText } from "./known-text.ts";
import {
  bytesOf,
  CLOSE,
  COLON,
  COMMA,
  OPEN,
  overSpace,
  past,
  pastFlatObject,
  pastText,
  pastValue,
  QUOTE,
} from "./plain-json.ts";

/** Deeper ones are rare and take the long way. */
const MOST_LEVELS = 16;
const HEAD = /* @__PURE__ */ bytesOf('{"type":');
const SUMMARY = /* @__PURE__ */ bytesOf('"summary",');
const STAMP = /* @__PURE__ */ bytesOf('"timestamp":');
const DATA = /* @__PURE__ */ bytesOf("data");
const SIGNAL = /* @__PURE__ */ bytesOf("activity_signal");
const ARTIFACTS = /* @__PURE__ */ bytesOf("artifacts");
/** May not come again. */
const FIRST_KEYS = /* @__PURE__ */ ["type", "timestamp"].map(bytesOf);
const READ_KEYS = ["seq", "stream", "metrics", "agent_id", "agent_label"] as const;
const READ_BYTES = /* @__PURE__ */ READ_KEYS.map(bytesOf);

/** Reads summaries that `decodeLine` is certain to take: type and timestamp first; printable ASCII without escapes; at most one
 *  space after `:` and `,`; no artifacts. */
export class PlainSummaries {
  readonly #stamp = new KnownText();
  readonly #signal = new KnownText();
  readonly #read = READ_KEYS.map(() => new KnownText());
  #message: { [field: string]: unknown } = {};

  /** The message without most of its content: of the top level `type timestamp seq stream metrics agent_id agent_label`, of
   *  `data` the `activity_signal`, each as it is in the line; values may be shared with the summary before. `null`: not plain. */
  read(bytes: Uint8Array): Summary | null {
    let at = past(bytes, 0, HEAD);
    at = past(bytes, overSpace(bytes, at), SUMMARY);
    at = past(bytes, overSpace(bytes, at), STAMP);
    const stampFrom = overSpace(bytes, at);
    if (at === -1 || bytes[stampFrom] !== QUOTE) return null;
    at = pastText(bytes, stampFrom + 1);
    if (at === -1) return null;
    const data = {};
    this.#message = { type: "summary", timestamp: this.#stamp.read(bytes, stampFrom, at), data: null };
    while (bytes[at] === COMMA) {
      at = this.#member(bytes, overSpace(bytes, at + 1), data);
      if (at === -1) return null;
    }
    if (bytes[at] !== CLOSE || at + 1 !== bytes.length) return null;
    const message = this.#message;
    return messageFault("summary", message) === null ? (message as unknown as Summary) : null;
  }

  #member(bytes: Uint8Array, at: number, data: object): number {
    if (bytes[at] !== QUOTE) return -1;
    const key = at + 1;
    const behindKey = pastText(bytes, key);
    if (behindKey === -1 || bytes[behindKey] !== COLON) return -1;
    const value = overSpace(bytes, behindKey + 1);
    const length = behindKey - 1 - key;
    if (isKey(bytes, key, length, DATA)) return this.#data(bytes, value, data);
    if (FIRST_KEYS.some((first) => isKey(bytes, key, length, first))) return -1;
    const end = pastValue(bytes, value, MOST_LEVELS);
    if (end === -1) return -1;
    for (let n = 0; n < READ_KEYS.length; n += 1) {
      const [name, word, known] = [READ_KEYS[n], READ_BYTES[n], this.#read[n]];
      if (name === undefined || word === undefined || known === undefined || !isKey(bytes, key, length, word)) continue;
      if (name in this.#message) return -1;
      this.#message[name] = known.read(bytes, value, end);
    }
    return end;
  }

  #data(bytes: Uint8Array, from: number, data: { activity_signal?: unknown }): number {
    if (bytes[from] !== OPEN || this.#message["data"] !== null) return -1;
    this.#message["data"] = data;
    let at = from + 1;
    if (bytes[at] === CLOSE) return at + 1;
    for (;;) {
      if (bytes[at] !== QUOTE) return -1;
      const key = at + 1;
      const behindKey = pastText(bytes, key);
      if (behindKey === -1 || bytes[behindKey] !== COLON) return -1;
      const value = overSpace(bytes, behindKey + 1);
      const length = behindKey - 1 - key;
      if (isKey(bytes, key, length, ARTIFACTS)) return -1;
      if (isKey(bytes, key, length, SIGNAL)) {
        at = bytes[value] === OPEN && !("activity_signal" in data) ? pastFlatObject(bytes, value + 1) : -1;
        if (at !== -1) data.activity_signal = this.#signal.read(bytes, value, at);
      } else at = pastValue(bytes, value, MOST_LEVELS);
      if (at === -1) return -1;
      if (bytes[at] === CLOSE) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = overSpace(bytes, at + 1);
    }
  }
}

function isKey(bytes: Uint8Array, from: number, length: number, word: readonly number[]): boolean {
  return length === word.length && past(bytes, from, word) !== -1;
}
