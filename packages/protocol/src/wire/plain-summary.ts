// Summaries straight from their bytes. Their line is kept as it came; of what it says only a few fields are ever read before
// that. So those are parsed, and of the rest it is only seen that it is JSON. What is not as plain as can be is left to `decodeLine`.
import type { Summary } from "../message/summary.ts";
import { messageFault } from "./guard/message-guard.ts";
import { plainMember, plainObject, TIME } from "./plain-json.ts";
import { readLatin1 } from "./utf8.ts";

const LOWER_S = 115;
const LOWER_U = 117;
const TYPE_AT = 9;
/** Deeper and longer ones are rare and take the long way. */
const LEVELS = 3;
const LONGEST = 8192;
const READ = ["seq", "stream", "metrics", "agent_id", "agent_label"] as const;

/** One for all agents, made when the first summary comes. */
let pattern: RegExp | null = null;

type Fields = Readonly<Record<string, unknown>>;

/** Reads summaries that `decodeLine` is certain to take: type and timestamp first; printable ASCII without escapes; at most one
 *  space after `:` and `,`; at most 8 KiB; no artifacts. */
export class PlainSummaries {
  /** What the guard found nothing wrong with. */
  #soundData: Fields | null = null;
  /** Lines of one moment bear one text. */
  #timestamp = "";
  readonly #before = new KnownFields((text) => `{${text.slice(1)}}`);
  /** Read with the `data` around it: that can be shared as a whole. */
  readonly #signal = new KnownFields((text) => `{"activity_signal":${text}}`);
  readonly #behind = new KnownFields((text) => `{${text.slice(1)}}`);

  /** The message without most of its content: of the top level `type timestamp seq stream metrics agent_id agent_label`, of
   *  `data` the `activity_signal`, each as it is in the line; values may be shared with the summary before. `null`: not plain. */
  read(bytes: Uint8Array): Summary | null {
    const typeAt = bytes[TYPE_AT] === LOWER_S ? TYPE_AT : TYPE_AT + 1;
    if (bytes[typeAt] !== LOWER_S || bytes[typeAt + 1] !== LOWER_U || bytes.length > LONGEST) return null;
    const line = readLatin1(bytes);
    const found = (pattern ??= summaryPattern()).exec(line);
    if (found === null) return null;
    const timestamp = found[1] ?? "";
    const before = found[2] ?? "";
    const signal = found[3];
    const behind = found[4] ?? "";
    if (timestamp !== this.#timestamp) this.#timestamp = timestamp;
    const data = signal === undefined ? {} : this.#signal.parse(signal);
    const message: Record<string, unknown> = {
      type: "summary",
      timestamp: this.#timestamp,
      data,
    };
    if (before !== "") take(message, this.#before.parse(before));
    if (behind !== "") take(message, this.#behind.parse(behind));
    if (data === this.#soundData && before === "" && behind === "") return message as unknown as Summary;
    if (messageFault("summary", message) !== null) return null;
    this.#soundData = data;
    return message as unknown as Summary;
  }
}

/** A piece that mostly comes again just as it was: parsed once for as long as it does, and frozen, since it is shared. */
class KnownFields {
  readonly #whole: (text: string) => string;
  #text = "";
  #fields: Fields = {};

  /** `whole` makes an object of a piece. */
  constructor(whole: (text: string) => string) {
    this.#whole = whole;
  }

  parse(text: string): Fields {
    if (text === this.#text) return this.#fields;
    this.#fields = JSON.parse(this.#whole(text), frozen) as Fields;
    this.#text = text;
    return this.#fields;
  }
}

function frozen(_key: string, value: unknown): unknown {
  return Object.freeze(value);
}

function take(message: Record<string, unknown>, fields: Fields): void {
  for (const name of READ) if (Object.hasOwn(fields, name)) message[name] = fields[name];
}

/** Groups: the time, the members before `data`, the activity signal, the members behind. */
function summaryPattern(): RegExp {
  const member = plainMember(["type", "timestamp", "data"], LEVELS);
  const field = plainMember(["activity_signal", "artifacts"], LEVELS);
  const signal = `"activity_signal": ?(${plainObject(0)})`;
  // Behind the opening brace, or behind a comma: there something follows.
  const fields = `(?:${field}, ?)*(?:${signal}(?:, ?${field})*|${field}|(?<=\\{))`;
  const members = `((?:, ?${member})*)`;
  return new RegExp(
    `^\\{"type": ?"summary", ?"timestamp": ?"(${TIME})"${members}, ?"data": ?\\{${fields}\\}${members}\\}$`,
  );
}
