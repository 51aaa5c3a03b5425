import { isUtf8 } from "node:buffer";
import type { Batch } from "./batch.ts";
import { LedgerError } from "./ledger-error.ts";
import type { NewRecord } from "./ledger.ts";
import type { Slabs } from "./slabs.ts";

const NEWLINE = 10;
const OPEN = 123;
const CLOSE = 125;
const MAX_TIME_MS = 8_640_000_000_000_000;

/** Writes a record's line into the batch: `{"seq":N,<members>,"salt":"…","message":<body>}`, the body untouched.
 *  Throws `invalid-record`, and changes nothing, unless it can stand on a line of its own. */
export function addRecord(batch: Batch, slabs: Slabs, record: NewRecord, salt: string): void {
  const { body, members, timeMs } = record;
  const timeEndMs = record.timeEndMs ?? timeMs;
  if (!isTime(timeMs) || !isTime(timeEndMs)) throw refusal("its event time is no time");
  const head = `{"seq":${batch.seqTo + 1},${members === "" ? "" : `${members},`}"salt":"${salt}","${record.bodyKey}":`;
  const bodyMost = typeof body === "string" ? body.length * 3 : body.byteLength;
  const slab = slabs.room(batch, head.length * 3 + bodyMost + 2);
  const { bytes, end: start } = slab;
  const bodyStart = start + bytes.write(head, start);
  let end = bodyStart;
  if (typeof body === "string") end += bytes.write(body, end);
  else {
    bytes.set(body, end);
    end += body.byteLength;
  }
  const isText = typeof body === "string" || isUtf8(body);
  if (!isText || !isObject(bytes, bodyStart, end)) throw refusal("its body is no JSON object in UTF-8");
  bytes[end++] = CLOSE;
  bytes[end++] = NEWLINE;
  if (bytes.indexOf(NEWLINE, start) !== end - 1) throw refusal("it holds a line break");
  slab.end = end;
  batch.add(slab, start, end);
  if (timeMs !== null && timeEndMs !== null) batch.span(timeMs, timeEndMs);
}

function isTime(ms: number | null): boolean {
  return ms === null || Math.abs(ms) <= MAX_TIME_MS;
}

/** Looks at the ends only: whoever appends has parsed it. */
function isObject(bytes: Buffer, start: number, end: number): boolean {
  let first = start;
  while (isBlank(bytes[first])) first += 1;
  let last = end - 1;
  while (isBlank(bytes[last])) last -= 1;
  return bytes[first] === OPEN && bytes[last] === CLOSE && first < last;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 32 || byte === 9 || byte === 13;
}

function refusal(why: string): LedgerError {
  return new LedgerError("invalid-record", `A record was refused: ${why}.`);
}
