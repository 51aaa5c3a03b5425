import { Buffer, isUtf8 } from "node:buffer";
import type { EvidenceRecord } from "@mimolo/protocol";
import { EvidenceError } from "./error.ts";
import { isObject, objectOf, textOf, timeOf } from "./loose.ts";

const BODIES: ReadonlyMap<string, "message" | "data"> = new Map([
  ["message", "message"],
  ["gap", "data"],
  ["clock_step", "data"],
  ["agent_state", "data"],
  ["policy", "data"],
  ["import", "data"],
  ["correction", "data"],
  ["aggregate", "data"],
  ["erasure", "data"],
]);

/** Reads a line of the evidence ledger, told apart by `kind`. Checks the frame, not the body: an erased one is `{}`. Throws
 *  `EvidenceError` for what no MiMoLo of this version has written. */
export function parseRecord(line: Uint8Array | string): EvidenceRecord {
  const record = parse(line);
  if (!isObject(record)) throw new EvidenceError("not-a-record", "the line is JSON but no object");
  const { seq, kind } = frameOf(record);
  if (seq === null || kind === null) {
    throw new EvidenceError("not-a-record", "the line has no whole number `seq` or no `kind`");
  }
  if (!BODIES.has(kind)) {
    throw new EvidenceError("unknown-kind", `record ${seq} is of kind ${kind}: a newer MiMoLo wrote it`);
  }
  if (isRecord(record, kind)) return record;
  throw new EvidenceError("not-a-record", `record ${seq} of kind ${kind} lacks what every such record has`);
}

/** The event time of a record in ms since the epoch; a moment has both ends equal. Where a body tells of no time, the time
 *  of receipt stands in. */
export function eventTimeOf(record: EvidenceRecord): { readonly startMs: number; readonly endMs: number } | null {
  return toldTimeOf(record) ?? moment(timeOf(record.received_at));
}

/** The event times of a ledger line as the ledger's index has them; `null` when it is no record or tells of none. */
export function timesOf(line: Uint8Array): { readonly fromMs: number; readonly toMs: number } | null {
  try {
    const record = parseRecord(line);
    const time = record.kind === "message" ? eventTimeOf(record) : toldTimeOf(record);
    return time === null ? null : { fromMs: time.startMs, toMs: time.endMs };
  } catch (error) {
    if (error instanceof EvidenceError) return null;
    throw error;
  }
}

function toldTimeOf(record: EvidenceRecord): { startMs: number; endMs: number } | null {
  if (record.kind === "message") {
    const stampMs = timeOf(objectOf(record.message)?.["timestamp"]);
    const receivedMs = timeOf(record.received_at);
    return moment(stampMs === null || receivedMs === null ? stampMs : Math.min(stampMs, receivedMs));
  }
  const data = objectOf(record.data) ?? {};
  const startMs = timeOf(data["from"]) ?? timeOf(data["start"]) ?? timeOf(data["at"]);
  const endMs = timeOf(data["to"]) ?? timeOf(data["end"]) ?? startMs;
  if (startMs === null || endMs === null || endMs < startMs) return moment(startMs);
  return { startMs, endMs };
}

function frameOf(record: Readonly<Record<string, unknown>>): { seq: number | null; kind: string | null } {
  const { seq, kind } = { seq: record["seq"], kind: record["kind"] };
  return { seq: typeof seq === "number" && Number.isSafeInteger(seq) ? seq : null, kind: textOf(kind) };
}

function isRecord(value: unknown, kind: string): value is EvidenceRecord {
  const record = objectOf(value) ?? {};
  const named = kind !== "message" || (isText(record["instance_id"]) && isText(record["agent_label"]));
  return named && isText(record["received_at"]) && isObject(record[BODIES.get(kind) ?? "data"]);
}

function moment(atMs: number | null): { startMs: number; endMs: number } | null {
  return atMs === null ? null : { startMs: atMs, endMs: atMs };
}

function parse(line: Uint8Array | string): unknown {
  // A decoder that replaces bad bytes is twice as fast as one that refuses them, so they are looked for before.
  if (typeof line !== "string" && !isUtf8(line)) throw new EvidenceError("not-json", "the line is no UTF-8");
  try {
    return JSON.parse(typeof line === "string" ? line : textOfBytes(line));
  } catch (cause) {
    throw new EvidenceError("not-json", "the line is no JSON", { cause });
  }
}

function textOfBytes(line: Uint8Array): string {
  return Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString("utf8");
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
