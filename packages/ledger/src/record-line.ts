import { isUtf8 } from "node:buffer";
import type { Batch } from "./batch.ts";
import { KnownMembers } from "./known-members.ts";
import { LedgerError } from "./ledger-error.ts";
import type { NewRecord } from "./ledger.ts";
import { SALT_LENGTH, Salts } from "./salt.ts";
import type { Slabs } from "./slabs.ts";

const NEWLINE = 10;
const ZERO = 48;
const OPEN = 123;
const CLOSE = 125;
const MAX_TIME_MS = 8_640_000_000_000_000;

const BEGIN = Buffer.from('{"seq":');
const BEFORE_MESSAGE = Buffer.from('","message":');
const BEFORE_DATA = Buffer.from('","data":');
/** Whatever stands around members and body: a number has at most 16 digits. */
const FRAME_MOST = BEGIN.length + 16 + SALT_LENGTH + BEFORE_MESSAGE.length + 2;

/** Writes lines of records, each with a salt of its own. */
export class RecordLines {
  readonly #slabs: Slabs;
  readonly #salts = new Salts();
  readonly #members = new KnownMembers();

  constructor(slabs: Slabs) {
    this.#slabs = slabs;
  }

  /** Writes a record's line into the batch: `{"seq":N,<members>,"salt":"…","message":<body>}`, the body untouched.
   *  Throws `invalid-record`, and changes nothing, unless it can stand on a line of its own. */
  add(batch: Batch, record: NewRecord): void {
    const { body, members, bodyKey, timeMs } = record;
    const timeEndMs = record.timeEndMs ?? timeMs;
    if (!isTime(timeMs) || !isTime(timeEndMs)) throw refusal("its event time is no time");
    const bodyMost = typeof body === "string" ? body.length * 3 : body.byteLength;
    const slab = this.#slabs.room(batch, FRAME_MOST + KnownMembers.most(members) + bodyMost);
    const { bytes, end: start } = slab;
    bytes.set(BEGIN, start);
    let at = writeNumber(bytes, start + BEGIN.length, batch.seqTo + 1);
    at = this.#members.write(bytes, at, members);
    at = this.#salts.write(bytes, at);
    const beforeBody = bodyKey === "message" ? BEFORE_MESSAGE : BEFORE_DATA;
    bytes.set(beforeBody, at);
    const bodyStart = at + beforeBody.length;
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
}

/** Digits of a whole number; answers where they end. */
function writeNumber(bytes: Buffer, start: number, value: number): number {
  let end = start + 1;
  for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) end += 1;
  let rest = value;
  for (let at = end - 1; at >= start; at -= 1) {
    const left = Math.floor(rest / 10);
    bytes[at] = ZERO + rest - left * 10;
    rest = left;
  }
  return end;
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
