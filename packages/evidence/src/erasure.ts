import { Buffer } from "node:buffer";
import type { NewRecord } from "@mimolo/ledger";
import type { ErasureRecord, EvidenceRecord } from "@mimolo/protocol";
import { EvidenceError } from "./error.ts";
import { numberOf, objectOf, textOf } from "./loose.ts";
import { parseRecord } from "./record.ts";
import { createRecordWriter } from "./record-writer.ts";

const BLANK_SALT = "A".repeat(22);

/** True of a record of which only the frame is left. */
export function isErased(record: EvidenceRecord): boolean {
  const body = record.kind === "message" ? record.message : record.data;
  return record.salt === BLANK_SALT && Object.keys(body).length === 0;
}

/** What an erasure record says it erased; `null` for every other line. */
export function erasureOf(line: Uint8Array): { readonly seq: number; readonly leaf: string } | null {
  if (!Buffer.from(line.buffer, line.byteOffset, line.byteLength).includes('"kind":"erasure"')) return null;
  try {
    const record = parseRecord(line);
    const data = record.kind === "erasure" ? objectOf(record.data) : null;
    const [seq, leaf] = [numberOf(data?.["seq"]), textOf(data?.["leaf"])];
    return seq === null || leaf === null ? null : { seq, leaf };
  } catch (error) {
    if (error instanceof EvidenceError) return null;
    throw error;
  }
}

/** The record that says who erased what and why, for `Ledger.erase` to append. */
export function erasureRecord(data: ErasureRecord["data"], clock: { wallMs(): number }): NewRecord {
  const made: NewRecord[] = [];
  createRecordWriter({ append: (record) => made.push(record) }, clock).erasure(data);
  const [record] = made;
  if (record === undefined) throw new EvidenceError("not-a-record", "no erasure record was made");
  return record;
}
