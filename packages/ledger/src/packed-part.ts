import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { crc32, deflateRaw, inflateRawSync } from "node:zlib";
import { LedgerError } from "./ledger-error.ts";
import { readAt } from "./line-chunks.ts";
import type { OpenFile } from "./ports.ts";

/** A packed day file is gzip in several members, as any `gunzip` reads it. Each begins at a commit and says in its header how
 *  long it is, so that a block is found without unpacking what stands before it. */

const MEMBER_BYTES = 256 * 1024;
const HEADER_BYTES = 24;
const TRAILER_BYTES = 8;
/** Magic, deflate, "extra field follows", no time, no level, no system; 12 bytes of extra: the field `ML` with two lengths. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255, 12, 0, 0x4d, 0x4c, 8, 0]);
const deflate = promisify(deflateRaw);

interface Member {
  /** Where its deflated bytes begin. */
  readonly at: number;
  readonly packed: number;
  readonly start: number;
  readonly length: number;
}

/** Bytes that take the place of others. */
export interface Patch {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Packs a day file; `borders` are the ends of its commits. Answers the gzip bytes, and SHA-256 of what is packed. */
export async function packPart(
  source: OpenFile,
  borders: readonly number[],
  patch?: Patch,
): Promise<{ bytes: Buffer; sha256: string }> {
  const hash = createHash("sha256");
  const members: Buffer[] = [];
  let start = 0;
  for (const [index, end] of borders.entries()) {
    if (end - start < MEMBER_BYTES && index < borders.length - 1) continue;
    const plain = await readAt(source, start, end - start);
    if (patch !== undefined && patch.offset >= start && patch.offset < end)
      plain.set(patch.bytes, patch.offset - start);
    hash.update(plain);
    members.push(await encodeMember(plain));
    start = end;
  }
  return { bytes: Buffer.concat(members), sha256: hash.digest("hex") };
}

async function encodeMember(plain: Buffer): Promise<Buffer> {
  const packed = await deflate(plain);
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32LE(packed.length, 0);
  lengths.writeUInt32LE(plain.length, 4);
  const trailer = Buffer.alloc(TRAILER_BYTES);
  trailer.writeUInt32LE(crc32(plain), 0);
  trailer.writeUInt32LE(plain.length, 4);
  return Buffer.concat([HEADER, lengths, packed, trailer]);
}

/** Reads a packed day file as if it were not; throws `damaged` where it is not what `packPart` writes. */
export async function openPacked(file: OpenFile, path: string): Promise<OpenFile> {
  try {
    return readerOf(file, path, await membersOf(file, path));
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function membersOf(file: OpenFile, path: string): Promise<readonly Member[]> {
  const members: Member[] = [];
  const size = await file.size();
  let [at, start] = [0, 0];
  while (at < size) {
    const header = await readAt(file, at, HEADER_BYTES);
    if (header.length < HEADER_BYTES || !header.subarray(0, HEADER.length).equals(HEADER)) throw damaged(path);
    const member = {
      at: at + HEADER_BYTES,
      packed: header.readUInt32LE(16),
      start,
      length: header.readUInt32LE(20),
    };
    members.push(member);
    start += member.length;
    at = member.at + member.packed + TRAILER_BYTES;
  }
  if (at !== size) throw damaged(path);
  return members;
}

function readerOf(file: OpenFile, path: string, members: readonly Member[]): OpenFile {
  const last = members.at(-1);
  let [current, unpacked]: [Member | undefined, Buffer] = [undefined, Buffer.alloc(0)];
  const refuse = () => Promise.reject(new LedgerError("write-failed", `${path} is packed and only read`));
  return {
    size: async () => (last === undefined ? 0 : last.start + last.length),
    async read(into, position) {
      const member = members.find(({ start, length }) => position < start + length);
      if (member === undefined) return 0;
      if (member !== current) [current, unpacked] = [member, await unpack(file, path, member)];
      return unpacked.copy(into, 0, position - member.start);
    },
    write: refuse,
    sync: refuse,
    truncate: refuse,
    close: () => file.close(),
  };
}

async function unpack(file: OpenFile, path: string, { at, packed, length }: Member): Promise<Buffer> {
  const bytes = await readAt(file, at, packed + TRAILER_BYTES);
  const trailer = bytes.subarray(packed);
  const plain = inflate(bytes.subarray(0, packed), length);
  const isWhole = plain?.length === length && trailer.length === TRAILER_BYTES && trailer.readUInt32LE(4) === length;
  if (!isWhole || crc32(plain) !== trailer.readUInt32LE(0)) throw damaged(path);
  return plain;
}

function inflate(bytes: Buffer, length: number): Buffer | null {
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(1, length) });
  } catch {
    return null;
  }
}

function damaged(path: string): LedgerError {
  return new LedgerError("damaged", `${path} is not as it was packed.`);
}
