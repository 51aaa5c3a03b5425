// The last 22 bytes of an archive: where its list of files lies. Read by ourselves, and more strictly than libraries do.
import { fstatSync, readSync } from "node:fs";
import { MAX_ARCHIVE_BYTES, MAX_ENTRIES } from "./limits.ts";
import { PackageError } from "./package-error.ts";

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
const ZIP64_LOCATOR_BYTES = 20;
const LOCAL_SIGNATURE = 0x04034b50;

/** Where the list of files begins and ends, and how many it has. */
export interface ArchiveEnd {
  readonly entryCount: number;
  readonly directoryStart: number;
  readonly directoryEnd: number;
}

/** Throws PackageError unless the archive ends exactly with its end record, on one disk, without ZIP64 and without a
 *  comment, and names no more files than allowed. */
export function readArchiveEnd(file: number): ArchiveEnd {
  const { size } = fstatSync(file);
  if (size > MAX_ARCHIVE_BYTES) {
    throw new PackageError(
      "archive-too-large",
      `the archive has ${size} bytes; at most ${MAX_ARCHIVE_BYTES} are allowed`,
    );
  }
  const tail = readAt(file, Math.max(0, size - END_BYTES - ZIP64_LOCATOR_BYTES), size);
  const end = tail.subarray(Math.max(0, tail.length - END_BYTES));
  if (end.length < END_BYTES || end.readUInt32LE(0) !== END_SIGNATURE) throw misplacedEnd(file, size);
  if (end.readUInt16LE(20) !== 0)
    throw new PackageError("truncated", "the archive's end record promises a comment that is not there");
  const locator = tail.length - END_BYTES - ZIP64_LOCATOR_BYTES;
  const hasLocator = locator >= 0 && tail.readUInt32LE(locator) === ZIP64_LOCATOR_SIGNATURE;
  const count = end.readUInt16LE(10);
  const directorySize = end.readUInt32LE(12);
  const directoryStart = end.readUInt32LE(16);
  if (hasLocator || count === 0xffff || directorySize === 0xffffffff || directoryStart === 0xffffffff) {
    throw new PackageError("zip64", "the archive uses ZIP64, which no package of allowed size needs");
  }
  if (end.readUInt16LE(4) !== 0 || end.readUInt16LE(6) !== 0) {
    throw new PackageError("several-disks", "the archive claims to lie on several disks");
  }
  if (count > MAX_ENTRIES) {
    throw new PackageError("too-many-entries", `the archive has ${count} entries; at most ${MAX_ENTRIES} are allowed`);
  }
  const directoryEnd = size - END_BYTES;
  if (end.readUInt16LE(8) !== count || directoryStart + directorySize !== directoryEnd) {
    throw wrongDirectory("its place and length do not fit the archive");
  }
  return { entryCount: count, directoryStart, directoryEnd };
}

/** The list of files is not what the archive's end says. */
export function wrongDirectory(why: string, cause?: unknown): PackageError {
  return new PackageError("wrong-central-directory", `the archive's list of files is wrong: ${why}`, { cause });
}

/** Bytes `start` to `end` of an open file; fewer when it is shorter by now. */
export function readAt(file: number, start: number, end: number): Buffer {
  const bytes = Buffer.alloc(end - start);
  return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, start));
}

/** What to say when the end record is not at the end. */
function misplacedEnd(file: number, size: number): PackageError {
  const tail = readAt(file, Math.max(0, size - END_BYTES - 0xffff), size);
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (at !== -1 && at + END_BYTES <= tail.length) {
    const commentBytes = tail.readUInt16LE(at + 20);
    const rest = tail.length - at - END_BYTES;
    if (commentBytes === rest)
      return new PackageError("archive-comment", "the archive has a comment, where anything could hide");
    if (commentBytes < rest)
      return new PackageError("trailing-data", `${rest - commentBytes} bytes stand behind the archive's end`);
    return new PackageError("truncated", "the archive breaks off");
  }
  const isZip = size >= 4 && readAt(file, 0, 4).readUInt32LE(0) === LOCAL_SIGNATURE;
  return isZip
    ? new PackageError("truncated", "the archive breaks off: its end is missing")
    : new PackageError("not-an-archive", "this is no ZIP archive, which a package is");
}
