// One entry of an archive's list of files, judged before anything of it is read.
import type { Entry } from "yauzl";
import { shown } from "./entry-name.ts";
import { type NameSet, refuseName } from "./name-set.ts";
import { PackageError } from "./package-error.ts";

/** What is kept of an entry. */
export interface ArchiveEntry {
  /** Without the last `/` of a folder. */
  readonly name: string;
  readonly nameBytes: Buffer;
  readonly kind: "file" | "folder";
  readonly size: number;
  readonly storedBytes: number;
  readonly isDeflated: boolean;
  readonly crc32: number;
  /** Whether sizes and checksum follow the data instead of preceding it. */
  readonly isStreamed: boolean;
  readonly flags: number;
  readonly headerStart: number;
}

const ENCRYPTED = 0x2041;
const STREAMED = 0x0008;
const UTF8 = 0x0800;
/** And the two bits that say how hard deflate tried. */
const KNOWN_FLAGS = ENCRYPTED | STREAMED | UTF8 | 0x0006;

const FILE_TYPE = 0o170000;
const FOLDER = 0o040000;
const PLAIN = 0o100000;
const LINK = 0o120000;
const DOS_VOLUME = 0x08;
const REPARSE_POINT = 0x400;

const EXTRA_ZIP64 = 0x0001;
const EXTRA_UNICODE_PATH = 0x7075;
/** PKWARE's and ASi's Unix fields, which may name what the entry is a link to. */
const EXTRA_LINKS: ReadonlyMap<number, number> = new Map([
  [0x000d, 12],
  [0x756e, 14],
]);

/** Throws PackageError for whatever is no plain file or folder with a good name of its own. */
export function readEntry(entry: Entry, names: NameSet): ArchiveEntry {
  const written = decodeName(entry);
  const isFolder = written.endsWith("/");
  const name = isFolder ? written.slice(0, -1) : written;
  refuseName(isFolder ? names.addFolder(name) : names.addFile(name));
  const label = shown(name);
  refuseFlags(entry, label);
  refuseExtraFields(entry, label);
  refuseKind(entry, isFolder, label);
  const isDeflated = entry.compressionMethod === 8;
  if (!isDeflated && entry.compressedSize !== entry.uncompressedSize) {
    throw new PackageError("size-lies", `${label} is stored as it is, yet with two different sizes`);
  }
  if (isFolder && entry.uncompressedSize !== 0) {
    throw new PackageError("size-lies", `${label} is a folder, yet has bytes of its own`);
  }
  return {
    name,
    nameBytes: entry.fileNameRaw,
    kind: isFolder ? "folder" : "file",
    size: entry.uncompressedSize,
    storedBytes: entry.compressedSize,
    isDeflated,
    crc32: entry.crc32,
    isStreamed: (entry.generalPurposeBitFlag & STREAMED) !== 0,
    flags: entry.generalPurposeBitFlag,
    headerStart: entry.relativeOffsetOfLocalHeader,
  };
}

function decodeName({ fileNameRaw, generalPurposeBitFlag }: Entry): string {
  const text = fileNameRaw.toString();
  const isAscii = fileNameRaw.every((byte) => byte < 0x80);
  const isTold = (generalPurposeBitFlag & UTF8) !== 0;
  if (!Buffer.from(text).equals(fileNameRaw)) {
    throw new PackageError("name-not-utf8", `the name ${shown(text)} is not UTF-8`);
  }
  if (!isAscii && !isTold) {
    throw new PackageError(
      "name-not-utf8",
      `the name ${shown(text)} does not say that it is UTF-8, so systems differ on it`,
    );
  }
  return text;
}

function refuseFlags({ generalPurposeBitFlag, compressionMethod }: Entry, label: string): void {
  if ((generalPurposeBitFlag & ENCRYPTED) !== 0) throw new PackageError("encrypted", `${label} is encrypted`);
  if (compressionMethod !== 0 && compressionMethod !== 8) {
    throw new PackageError(
      "unsupported-compression",
      `${label} is packed by method ${compressionMethod}; only stored and deflated are read`,
    );
  }
  if ((generalPurposeBitFlag & ~KNOWN_FLAGS) !== 0) {
    throw new PackageError("unsupported-compression", `${label} uses features of ZIP that no package needs`);
  }
}

function refuseExtraFields({ extraFields }: Entry, label: string): void {
  for (const { id, data } of extraFields) {
    if (id === EXTRA_ZIP64)
      throw new PackageError("zip64", `${label} uses ZIP64, which no package of allowed size needs`);
    if (id === EXTRA_UNICODE_PATH)
      throw new PackageError("name-lies", `${label} has a second name in its extra fields`);
    const bare = EXTRA_LINKS.get(id);
    if (bare !== undefined && data.length > bare) {
      throw new PackageError("hard-link", `${label} is a link to another file; a package holds plain files only`);
    }
  }
}

function refuseKind({ externalFileAttributes }: Entry, isFolder: boolean, label: string): void {
  const type = (externalFileAttributes >>> 16) & FILE_TYPE;
  if (type === LINK || (externalFileAttributes & REPARSE_POINT) !== 0) {
    throw new PackageError("link", `${label} is a link; a package holds plain files only`);
  }
  const isFitting = type === 0 || type === (isFolder ? FOLDER : PLAIN);
  if (!isFitting || (externalFileAttributes & DOS_VOLUME) !== 0) {
    throw new PackageError("device", `${label} is neither a file nor a folder`);
  }
}
