// Heartbeats straight from their bytes. Nine lines of ten say no more than "I live": whether they are valid can be seen
// without making an object of each. What is not as plain as can be is left to `decodeLine`.
import { plainMember, TIME } from "./plain-json.ts";
import { readLatin1 } from "./utf8.ts";

const LOWER_H = 104;
/** Where the type begins, if there is no space before it. */
const TYPE_AT = 9;

/** One for all agents, made when the first heartbeat comes. */
let pattern: RegExp | null = null;

/** Recognises heartbeats that `decodeLine` is certain to take: type and timestamp first, then plain keys with texts, numbers,
 *  words, and lists and objects of such; printable ASCII without escapes; at most one space after `:` and `,`. */
export class PlainHeartbeats {
  #chunk: Uint8Array | null = null;
  #text = "";

  /** Where the line that begins at `from` ends, its line end included, if it is such a heartbeat; else -1. Of one chunk many may
   *  be asked; `forget` lets go of it. */
  endOf(chunk: Uint8Array, from: number): number {
    if (chunk[from + TYPE_AT] !== LOWER_H && chunk[from + TYPE_AT + 1] !== LOWER_H) return -1;
    if (chunk !== this.#chunk) {
      this.#chunk = chunk;
      this.#text = readLatin1(chunk);
    }
    pattern ??= heartbeatPattern();
    pattern.lastIndex = from;
    return pattern.test(this.#text) ? pattern.lastIndex : -1;
  }

  /** The chunk may change or go from now on. */
  forget(): void {
    this.#chunk = null;
    this.#text = "";
  }
}

function heartbeatPattern(): RegExp {
  // The guard wants texts for two of them.
  const named = '"agent_(?:id|label)": ?"[ !#-\\[\\]-~]*"';
  const member = `(?:${named}|${plainMember(["type", "timestamp", "agent_id", "agent_label"], 1)})`;
  return new RegExp(`\\{"type": ?"heartbeat", ?"timestamp": ?"${TIME}"(?:, ?${member})*\\}\\r?\\n`, "y");
}
