// ZIP archives byte by byte, lies included: what no library would write.
import { crc32, deflateRawSync } from "node:zlib";

/** One entry. What is not said is told truly by `content`. */
export interface ZipEntry {
  readonly name: string | Uint8Array;
  readonly content?: string | Uint8Array;
  readonly method?: number;
  /** The data as they stand in the archive, instead of `content` packed by `method`. */
  readonly data?: Uint8Array;
  /** Bits besides UTF-8. */
  readonly flags?: number;
  readonly utf8?: boolean;
  /** Unix mode with its type, or DOS attributes below. */
  readonly mode?: number;
  readonly dosAttributes?: number;
  readonly extra?: Uint8Array;
  /** Said by both headers instead of the truth. */
  readonly size?: number;
  readonly storedBytes?: number;
  readonly crc32?: number;
  /** Said by the local header alone. */
  readonly local?: {
    readonly name?: string;
    readonly size?: number;
    readonly crc32?: number;
    readonly method?: number;
    readonly flags?: number;
  };
  /** Stands between this entry's data and the next. */
  readonly behind?: Uint8Array;
  /** Where the list says that it begins, instead of the truth. */
  readonly offset?: number;
  /** In the list, but nowhere else. */
  readonly listedOnly?: boolean;
}

/** Said by the end record instead of the truth. */
export interface ZipEnd {
  readonly count?: number;
  readonly directorySize?: number;
  readonly directoryStart?: number;
  readonly disk?: number;
  readonly comment?: string;
  readonly commentLength?: number;
  /** Stands before everything, and every offset knows it. */
  readonly prepended?: Uint8Array;
  /** Between the last file and the list. */
  readonly beforeDirectory?: Uint8Array;
  readonly beforeEnd?: Uint8Array;
  readonly behind?: Uint8Array;
}

/** The bytes of an archive. */
export function zipBytes(entries: readonly ZipEntry[], end: ZipEnd = {}): Buffer {
  const parts: Uint8Array[] = [end.prepended ?? Buffer.alloc(0)];
  const length = () => parts.reduce((sum, part) => sum + part.byteLength, 0);
  const directory: Buffer[] = [];
  let at = length();
  for (const entry of entries) {
    const told = factsOf(entry);
    directory.push(centralHeader(entry, told, entry.offset ?? at));
    if (entry.listedOnly) continue;
    const own = [localHeader(entry, told), told.data, entry.behind ?? Buffer.alloc(0)];
    parts.push(...own);
    at += own.reduce((sum, part) => sum + part.byteLength, 0);
  }
  parts.push(end.beforeDirectory ?? Buffer.alloc(0));
  const start = length();
  parts.push(...directory, end.beforeEnd ?? Buffer.alloc(0));
  const size = directory.reduce((sum, part) => sum + part.byteLength, 0);
  parts.push(
    endRecord(entries.length, size, start, end),
    Buffer.from(end.comment ?? ""),
    end.behind ?? Buffer.alloc(0),
  );
  return Buffer.concat(parts);
}

/** `zip64` says the true values once more, in 64 bits. */
export function zip64End(count: number, directorySize: number, directoryStart: number): Buffer {
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(directorySize), 40);
  record.writeBigUInt64LE(BigInt(directoryStart), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(directoryStart + directorySize), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator]);
}

interface Facts {
  readonly name: Buffer;
  readonly data: Buffer;
  readonly method: number;
  readonly flags: number;
  readonly size: number;
  readonly storedBytes: number;
  readonly crc32: number;
}

function factsOf(entry: ZipEntry): Facts {
  const content = Buffer.from(entry.content ?? "");
  const method = entry.method ?? 0;
  const data = Buffer.from(entry.data ?? (method === 8 ? deflateRawSync(content) : content));
  return {
    name: Buffer.from(entry.name),
    data,
    method,
    flags: (entry.flags ?? 0) | (entry.utf8 === false ? 0 : 0x0800),
    size: entry.size ?? content.byteLength,
    storedBytes: entry.storedBytes ?? data.byteLength,
    crc32: entry.crc32 ?? crc32(content),
  };
}

function localHeader({ local = {} }: ZipEntry, facts: Facts): Buffer {
  const name = local.name === undefined ? facts.name : Buffer.from(local.name);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(local.flags ?? facts.flags, 6);
  header.writeUInt16LE(local.method ?? facts.method, 8);
  header.writeUInt16LE(0x21, 12);
  header.writeUInt32LE(local.crc32 ?? facts.crc32, 14);
  header.writeUInt32LE(local.size ?? facts.storedBytes, 18);
  header.writeUInt32LE(local.size ?? facts.size, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function centralHeader({ extra = Buffer.alloc(0), ...entry }: ZipEntry, facts: Facts, offset: number): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE((3 << 8) | 20, 4);
  header.writeUInt16LE(20, 6);
  header.writeUInt16LE(facts.flags, 8);
  header.writeUInt16LE(facts.method, 10);
  header.writeUInt16LE(0x21, 14);
  header.writeUInt32LE(facts.crc32, 16);
  header.writeUInt32LE(facts.storedBytes, 20);
  header.writeUInt32LE(facts.size, 24);
  header.writeUInt16LE(facts.name.length, 28);
  header.writeUInt16LE(extra.byteLength, 30);
  header.writeUInt32LE((((entry.mode ?? 0o100644) << 16) | (entry.dosAttributes ?? 0)) >>> 0, 38);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, facts.name, extra]);
}

function endRecord(count: number, size: number, start: number, end: ZipEnd): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(end.disk ?? 0, 4);
  record.writeUInt16LE(end.disk ?? 0, 6);
  record.writeUInt16LE(end.count ?? count, 8);
  record.writeUInt16LE(end.count ?? count, 10);
  record.writeUInt32LE(end.directorySize ?? size, 12);
  record.writeUInt32LE(end.directoryStart ?? start, 16);
  record.writeUInt16LE(end.commentLength ?? Buffer.byteLength(end.comment ?? ""), 20);
  return record;
}

/** An extra field. */
export function extraField(id: number, data: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(data.byteLength, 2);
  return Buffer.concat([head, data]);
}
