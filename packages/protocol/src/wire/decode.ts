// One line → one message, or why not. Nothing a line holds may throw, block or cost more than its own length.
import type { WireMessage } from "../message/message.ts";
import { DEFAULT_MAX_LINE_BYTES, MAX_STREAM_LENGTH } from "./constants.ts";
import { isFilledText, isWholeFrom } from "./guard/checks.ts";
import { isMessageType, messageFault } from "./guard/message-guard.ts";
import { framerMaxLineBytes, maxLineBytesOf } from "./limits.ts";
import { type ObjectRefusalCode, parseObject } from "./parse-object.ts";

/** Why a line was refused. `missing-data-header` is told by `monitorItems`, the others by `decodeLine`. */
export type RefusalCode =
  | ObjectRefusalCode
  | "line-too-long"
  | "missing-type"
  | "invalid-field"
  | "missing-data-header";

/** A line that was refused: a word for machines, a sentence for people, and the field where there is one. */
export interface RefusedLine {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly message: string;
  /** Path of the first faulty field, such as `data.activity_signal.mode`. */
  readonly field?: string;
  /** The line's type, when it could be read. */
  readonly type?: string;
  /** Its number in a durable stream, when it is evidence and has one; it is settled by the refusal. */
  readonly seq?: number;
  /** The stream it names itself. */
  readonly stream?: string;
}

/** A checked message; one of a type nobody knows here (to be ignored, and logged once per type); or a refusal. */
export type Decoded =
  | { readonly ok: true; readonly known: true; readonly message: WireMessage }
  | {
      readonly ok: true;
      readonly known: false;
      readonly type: string;
      readonly message: Readonly<Record<string, unknown>>;
    }
  | RefusedLine;

/** Reads one line without its line end. `maxLineBytes` (default 64 KiB) holds for every type but `widget_frame`, which
 *  has at least 256 KiB. The message is the parsed line as it came: unknown fields stay, nothing is filled in. */
export function decodeLine(bytes: Uint8Array, options: { readonly maxLineBytes?: number } = {}): Decoded {
  const maxLineBytes = options.maxLineBytes ?? DEFAULT_MAX_LINE_BYTES;
  if (bytes.length > framerMaxLineBytes(maxLineBytes)) return tooLong(bytes.length, framerMaxLineBytes(maxLineBytes));
  const parsed = parseObject(bytes);
  if (!parsed.ok) return parsed;
  const message = parsed.object;
  const type = message["type"];
  if (typeof type !== "string" || type === "") {
    return {
      ok: false,
      code: "missing-type",
      field: "type",
      message: "the object has no type, or one that is no text",
    };
  }
  const cap = maxLineBytesOf(type, maxLineBytes);
  if (bytes.length > cap) return { ...tooLong(bytes.length, cap, type), ...placeOf(type, message) };
  if (!isMessageType(type)) return { ok: true, known: false, type, message };
  const field = messageFault(type, message);
  if (field === null) return { ok: true, known: true, message: message as WireMessage };
  return {
    ok: false,
    code: "invalid-field",
    field,
    type,
    message: `${type}: ${field} is missing or not what JLP allows`,
    ...placeOf(type, message),
  };
}

function placeOf(
  type: string,
  { seq, stream }: Readonly<Record<string, unknown>>,
): Pick<RefusedLine, "seq" | "stream"> {
  if ((type !== "summary" && type !== "event") || !isWholeFrom(seq, 1)) return {};
  return isFilledText(stream, MAX_STREAM_LENGTH) ? { seq, stream } : { seq };
}

function tooLong(lengthBytes: number, cap: number, type?: string): RefusedLine {
  const what = type === undefined ? "the line" : `a ${type}`;
  const message = `${what} of ${lengthBytes} bytes is over the cap of ${cap}`;
  return { ok: false, code: "line-too-long", message, ...(type === undefined ? {} : { type }) };
}
