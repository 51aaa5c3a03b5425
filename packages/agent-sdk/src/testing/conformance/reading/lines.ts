// Recordings, read: what was said and told, in order.
import { type Decoded, decodeLine, type MessageType, type WireMessage } from "@mimolo/protocol/wire";
import type { TranscriptLine } from "../../transcript.ts";
import type { Mark, Recording } from "../recording.ts";

/** A line of the agent's stdout. `index` is its place among the recording's lines, both ways. */
export interface Said {
  readonly at_ms: number;
  readonly index: number;
  /** As it came; bytes that are no text are shown as replacement characters. */
  readonly line: string;
  readonly bytes: Uint8Array;
  readonly decoded: Decoded;
  /** The message as a JSON object, valid or not; null where it is none. */
  readonly object: Readonly<Record<string, unknown>> | null;
}

export type Message<Type extends MessageType = MessageType> = Said & {
  readonly message: Extract<WireMessage, { type: Type }>;
};

/** A line to the agent's stdin. `cmd` is null where the line is no command, on purpose. */
export interface Told {
  readonly at_ms: number;
  readonly index: number;
  readonly line: string;
  readonly cmd: string | null;
  readonly id: string | undefined;
  readonly params: Readonly<Record<string, unknown>>;
}

const read = new WeakMap<TranscriptLine, Omit<Said, "index"> | Omit<Told, "index">>();

/** Every line of its stdout, or those from index `from` on. */
export function said(recording: Recording, from = 0): Said[] {
  return recording.lines
    .slice(from)
    .flatMap((line, index) =>
      line.dir === "out" ? [{ ...(once(line, readSaid) as Omit<Said, "index">), index: from + index }] : [],
    );
}

/** Its valid messages of known types, or those of one type. */
export function messages<Type extends MessageType = MessageType>(
  recording: Recording,
  type?: Type,
  from = 0,
): Message<Type>[] {
  return said(recording, from).flatMap((each) => {
    const { decoded } = each;
    if (!decoded.ok || !decoded.known || (type !== undefined && decoded.message.type !== type)) return [];
    return [{ ...each, message: decoded.message } as Message<Type>];
  });
}

/** Every line of its stdin, or those with one command. */
export function told(recording: Recording, cmd?: string): Told[] {
  return recording.lines.flatMap((line, index) => {
    if (line.dir !== "in") return [];
    const each = { ...(once(line, readTold) as Omit<Told, "index">), index };
    return cmd === undefined || each.cmd === cmd ? [each] : [];
  });
}

/** What came after the line at `from` and before the one at `to` (default: the recording's end). */
export function between<One extends { readonly index: number }>(
  all: readonly One[],
  from: number,
  to = Infinity,
): One[] {
  return all.filter(({ index }) => index > from && index < to);
}

/** Messages after a command that answer it: by its id where they carry one, else by its name. */
export function answersTo(recording: Recording, command: Told): Message[] {
  return between(messages(recording), command.index).filter(({ message }) => {
    if (message.type === "ack")
      return message.ack_command === command.cmd && (message.id === undefined || message.id === command.id);
    if (message.type === "result") return message.id === command.id;
    if (message.type === "widget_frame") return message.data.request_id === command.id;
    return false;
  });
}

/** The marks of one kind. */
export function marks<What extends Mark["what"]>(recording: Recording, what: What): Extract<Mark, { what: What }>[] {
  return recording.marks.filter((mark): mark is Extract<Mark, { what: What }> => mark.what === what);
}

/** The step of that name; what came after it has an `index` of at least its `after`. */
export function step(recording: Recording, name: string): Extract<Mark, { what: "step" }> | undefined {
  return marks(recording, "step").find((each) => each.name === name);
}

/** The type that a line says it is of, valid or not; empty where it says none that is a text. */
export function typeOf({ object }: Said): string {
  const type = object?.["type"];
  return typeof type === "string" ? type : "";
}

/** What it announced in its handshake; empty where it sent none. */
export function features(recording: Recording): readonly string[] {
  return messages(recording, "handshake")[0]?.message.capabilities ?? [];
}

/** A line for people: short, on one line. */
export function shown(line: string, most = 160): string {
  const text = line.replaceAll(/\p{Cc}/gu, "\uFFFD");
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}

function once(line: TranscriptLine, make: (line: TranscriptLine) => object): object {
  let known: object | undefined = read.get(line);
  if (known === undefined) {
    known = make(line);
    read.set(line, known as Omit<Told, "index">);
  }
  return known;
}

function bytesOf({ line, line_base64: base64 }: TranscriptLine): Uint8Array {
  return base64 === undefined ? Buffer.from(line ?? "") : Buffer.from(base64, "base64");
}

function readSaid(line: TranscriptLine): Omit<Said, "index"> {
  const bytes = bytesOf(line);
  const text = line.line ?? Buffer.from(bytes).toString("utf8");
  return { at_ms: line.at_ms, line: text, bytes, decoded: decodeLine(bytes), object: objectOf(text) };
}

function readTold(line: TranscriptLine): Omit<Told, "index"> {
  const text = line.line ?? Buffer.from(bytesOf(line)).toString("utf8");
  const object = objectOf(text) ?? {};
  const { cmd, id, params } = object;
  return {
    at_ms: line.at_ms,
    line: text,
    cmd: typeof cmd === "string" ? cmd : null,
    id: typeof id === "string" ? id : undefined,
    params: typeof params === "object" && params !== null ? (params as Record<string, unknown>) : {},
  };
}

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
