// Whether the entries of an archive lie one behind the other, none over another, nothing between or before them, and say
// of themselves what the list of files says of them.
import { type ArchiveEnd, readAt, wrongDirectory } from "./archive-end.ts";
import type { ArchiveEntry } from "./archive-entry.ts";
import { shown } from "./entry-name.ts";
import { PackageError } from "./package-error.ts";

const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const DESCRIPTOR_SIGNATURE = 0x08074b50;

/** Where the data of each entry begins, in the order of `entries`. Throws PackageError for every disagreement. */
export function readLayout(
  file: number,
  entries: readonly ArchiveEntry[],
  end: ArchiveEnd,
): ReadonlyMap<ArchiveEntry, number> {
  const starts = new Map<ArchiveEntry, number>();
  let at = 0;
  for (const entry of entries.toSorted((one, other) => one.headerStart - other.headerStart)) {
    const label = shown(entry.name);
    if (entry.headerStart < at)
      throw new PackageError("overlapping-entries", `${label} lies over another file of the archive`);
    if (entry.headerStart >= end.directoryStart) throw wrongDirectory(`${label} is not where it says`);
    if (entry.headerStart > at) throw gap(at, entry.headerStart);
    const dataStart = readLocalHeader(file, entry, end);
    const dataEnd = dataStart + entry.storedBytes;
    if (dataEnd > end.directoryStart)
      throw new PackageError("size-lies", `${label} is said to be longer than the archive has room for`);
    starts.set(entry, dataStart);
    at = dataEnd + (entry.isStreamed ? descriptorBytes(file, entry, dataEnd) : 0);
  }
  if (at > end.directoryStart) throw wrongDirectory("it begins inside a file");
  if (at < end.directoryStart) throw gap(at, end.directoryStart);
  return starts;
}

function gap(from: number, to: number): PackageError {
  return from === 0
    ? new PackageError("prepended-data", `${to} bytes stand before the archive's first file`)
    : new PackageError("hidden-data", `${to - from} bytes stand between the archive's files, where no list names them`);
}

/** Gives where the data begins. */
function readLocalHeader(file: number, entry: ArchiveEntry, end: ArchiveEnd): number {
  const { headerStart, nameBytes, flags } = entry;
  const label = shown(entry.name);
  const header = readAt(file, headerStart, Math.min(headerStart + LOCAL_BYTES + nameBytes.length, end.directoryStart));
  if (header.length < LOCAL_BYTES || header.readUInt32LE(0) !== LOCAL_SIGNATURE) {
    throw wrongDirectory(`${label} is not where it says`);
  }
  const lies = (field: string) =>
    new PackageError(
      "local-header-lies",
      `${label} has another ${field} in front of its data than in the archive's list`,
    );
  if (!header.subarray(LOCAL_BYTES).equals(nameBytes) || header.readUInt16LE(26) !== nameBytes.length)
    throw lies("name");
  if (header.readUInt16LE(6) !== flags) throw lies("set of flags");
  if (header.readUInt16LE(8) !== (entry.isDeflated ? 8 : 0)) throw lies("compression");
  const told = { crc32: header.readUInt32LE(14), storedBytes: header.readUInt32LE(18), size: header.readUInt32LE(22) };
  if (!isTold(told, entry) && !(entry.isStreamed && isTold(told, { crc32: 0, storedBytes: 0, size: 0 }))) {
    throw told.crc32 === entry.crc32 ? lies("size") : lies("checksum");
  }
  return headerStart + LOCAL_BYTES + nameBytes.length + header.readUInt16LE(28);
}

/** Checksum and sizes of a streamed entry follow its data, with or without a signature. */
function descriptorBytes(file: number, entry: ArchiveEntry, at: number): number {
  const bytes = readAt(file, at, at + 16);
  const skipped = bytes.length >= 16 && bytes.readUInt32LE(0) === DESCRIPTOR_SIGNATURE ? 4 : 0;
  const length = skipped + 12;
  const isWhole = bytes.length >= length;
  const [crc32, storedBytes, size] = isWhole ? [0, 4, 8].map((offset) => bytes.readUInt32LE(skipped + offset)) : [];
  if (!isTold({ crc32, storedBytes, size }, entry)) {
    throw new PackageError(
      "local-header-lies",
      `${shown(entry.name)} has other sizes behind its data than in the archive's list`,
    );
  }
  return length;
}

interface Told {
  readonly crc32: number | undefined;
  readonly storedBytes: number | undefined;
  readonly size: number | undefined;
}

function isTold(told: Told, { crc32, storedBytes, size }: Told): boolean {
  return told.crc32 === crc32 && told.storedBytes === storedBytes && told.size === size;
}
