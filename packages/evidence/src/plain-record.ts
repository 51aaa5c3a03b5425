// Summaries straight from the text of their record. The fold reads a few of its fields: those are taken, and of the rest it is
// only seen that it is JSON, four times as fast as by parsing it. What is not as plain as can be is left to `parseRecord`.
import { Buffer } from "node:buffer";
import { plainMember, plainObject } from "@mimolo/protocol/wire";
import { timeOf } from "./loose.ts";
import type { ObservedMessage } from "./timeline/observation.ts";

const LONGEST = 8192;
const LEVELS = 3;
const MOST_PIECES = 1000;
const NOTHING: Fields = {};

type Fields = Readonly<Record<string, unknown>>;

/** Made when the first record comes. */
let pattern: RegExp | null = null;

const [SEQ, RECEIVED, INSTANCE, LABEL, STREAM, AGENT_SEQ, STAMP, BEFORE, SIGNAL, BEHIND] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
];

/** Reads records of summaries in the key order of docs/evidence.md, their type and timestamp first; printable ASCII without
 *  escapes; at most one space after `:` and `,` of the agent's line. */
export class PlainRecords {
  readonly #signals = new Pieces((signal) => ({ activity_signal: JSON.parse(signal) }));
  readonly #members = new Pieces((members): Fields => JSON.parse(`{${members.slice(members.indexOf('"'))}}`));

  /** What `parseRecord` would tell of it, as far as an observation needs it; `null`: not plain. */
  read(line: string): ObservedMessage | null {
    if (line.length > LONGEST) return null;
    const found = (pattern ??= recordPattern()).exec(line);
    if (found === null) return null;
    const signal = found[SIGNAL];
    const data = signal === undefined ? NOTHING : this.#signals.read(signal);
    const metrics = this.#metricsIn(found[BEHIND], () => this.#metricsIn(found[BEFORE]));
    return {
      seq: Number(found[SEQ]),
      instanceId: found[INSTANCE] ?? "",
      agentLabel: found[LABEL] ?? "",
      stream: found[STREAM] ?? "",
      agentSeq: Number(found[AGENT_SEQ] ?? 0),
      message: { type: "summary", timestamp: found[STAMP], data, metrics },
      receivedAtMs: timeOf(found[RECEIVED]),
    };
  }

  // Of two of one name JSON takes the last.
  #metricsIn(members = "", otherwise: () => unknown = () => undefined): unknown {
    const fields = members.includes('"metrics"') ? this.#members.read(members) : NOTHING;
    return Object.hasOwn(fields, "metrics") ? fields["metrics"] : otherwise();
  }
}

/** Pieces of lines, which mostly come again just as they were: parsed once, by their text. */
class Pieces {
  readonly #parse: (text: string) => Fields;
  readonly #known = new Map<string, Fields>();

  constructor(parse: (text: string) => Fields) {
    this.#parse = parse;
  }

  read(text: string): Fields {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (this.#known.size >= MOST_PIECES) this.#known.clear();
    const parsed = this.#parse(text);
    // As it is, the text would keep all lines that were read with it.
    this.#known.set(Buffer.from(text, "latin1").toString("latin1"), parsed);
    return parsed;
  }
}

/** Groups: seq, time of receipt, instance, label, stream, the agent's number, the timestamp; then of the message the members
 *  before `data`, the activity signal, the members behind. */
function recordPattern(): RegExp {
  const text = String.raw`"([ !#-\[\]-~]*)"`;
  const other = String.raw`"[ !#-\[\]-~]*"`;
  const whole = String.raw`(0|[1-9]\d{0,14})`;
  const stamp = String.raw`"([\dT:.Z+-]*)"`;
  const origin = `"instance_id":${text},"plugin_id":${other},"agent_label":${text}(?:,"run_id":${other})?,"trust":${other}`;
  const numbered = `(?:,"stream":${text})?(?:,"agent_seq":${whole})?`;
  const frame = `"seq":${whole},"kind":"message","received_at":${stamp},${origin}${numbered},"salt":${other}`;
  const member = plainMember(["type", "timestamp", "data"], LEVELS);
  const field = plainMember(["activity_signal"], LEVELS);
  const signal = `"activity_signal": ?(${plainObject(0)})`;
  // Behind the opening brace, or behind a comma: there something follows.
  const fields = `(?:${field}, ?)*(?:${signal}(?:, ?${field})*|${field}|(?<=\\{))`;
  const members = `((?:, ?${member})*)`;
  const message = `\\{"type": ?"summary", ?"timestamp": ?${stamp}${members}, ?"data": ?\\{${fields}\\}${members}\\}`;
  return new RegExp(`^\\{${frame},"message":${message}\\}$`);
}
