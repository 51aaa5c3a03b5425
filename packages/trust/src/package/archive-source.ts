// A package as a ZIP archive: everything about its shape is judged before a byte of its files is handed out.
import { closeSync, constants, fstatSync, openSync } from "node:fs";
import type { Readable } from "node:stream";
import type { Entry, ZipFile } from "yauzl";
import { type ArchiveEnd, readArchiveEnd, wrongDirectory } from "./archive-end.ts";
import { type ArchiveEntry, readEntry } from "./archive-entry.ts";
import { readLayout } from "./archive-layout.ts";
import { shown } from "./entry-name.ts";
import { NameSet } from "./name-set.ts";
import { PackageError } from "./package-error.ts";
import type { PackageSource, SourceFile } from "./package-source.ts";
import { SizeTally } from "./size-tally.ts";

/** Opens an archive; `close` it. Throws PackageError for the first rule it breaks. */
export async function openArchive(path: string): Promise<PackageSource> {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  let zip: ZipFile | undefined;
  try {
    if (!fstatSync(file).isFile()) throw new PackageError("device", `${path} is neither a file nor a folder`);
    const end = readArchiveEnd(file);
    // Every start looks at folders, few at archives: their reader is loaded with the first one.
    const { fromFdPromise } = await import("yauzl");
    zip = await fromFdPromise(file, { autoClose: false, decodeStrings: false, validateEntrySizes: false });
    zip.on("error", () => {});
    const entries = await readEntries(zip, end);
    return sourceOf(zip, entries, readLayout(file, entries, end));
  } catch (error) {
    if (zip === undefined) closeSync(file);
    else zip.close();
    throw error instanceof PackageError ? error : wrongDirectory((error as Error).message, error);
  }
}

async function readEntries(zip: ZipFile, end: ArchiveEnd): Promise<readonly ArchiveEntry[]> {
  const names = new NameSet();
  const sizes = new SizeTally();
  const entries: ArchiveEntry[] = [];
  for await (const listed of listedIn(zip)) {
    const entry = readEntry(listed, names);
    sizes.add(entry.name, entry.size);
    entries.push(entry);
  }
  if (Number(zip.readEntryCursor) !== end.directoryEnd) throw wrongDirectory("it has more entries than it says");
  return entries;
}

async function* listedIn(zip: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry();
  } catch (error) {
    if (error instanceof PackageError) throw error;
    const reason = (error as Error).message;
    if (reason.includes("encryption"))
      throw new PackageError("encrypted", "the archive is encrypted", { cause: error });
    if (reason.includes("zip64"))
      throw new PackageError("zip64", "the archive uses ZIP64, which no package of allowed size needs");
    throw wrongDirectory(reason, error);
  }
}

function sourceOf(
  zip: ZipFile,
  entries: readonly ArchiveEntry[],
  starts: ReadonlyMap<ArchiveEntry, number>,
): PackageSource {
  const files = new Map<string, SourceFile>();
  const folders = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === "folder") folders.add(entry.name);
    else {
      const { size, crc32 } = entry;
      files.set(entry.name, { size, crc32, read: () => readData(zip, entry, starts.get(entry) ?? 0) });
    }
  }
  return { files, folders, close: () => zip.close() };
}

async function* readData(zip: ZipFile, entry: ArchiveEntry, start: number): AsyncGenerator<Uint8Array> {
  const { size } = entry;
  let total = 0;
  try {
    const stream = await openStream(zip, entry, start);
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      total += chunk.byteLength;
      // A bomb stops here, one chunk over what it said.
      if (total > size) break;
      yield chunk;
    }
  } catch (cause) {
    throw new PackageError("damaged-data", `the data of ${shown(entry.name)} are damaged`, { cause });
  }
  if (total !== size) {
    const more = total > size ? "more" : "fewer";
    throw new PackageError("size-lies", `${shown(entry.name)} holds ${more} bytes than the archive says`);
  }
}

/** By callback: the library's own promise of this call is wired to another one. */
function openStream(zip: ZipFile, { storedBytes, isDeflated }: ArchiveEntry, start: number): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStreamLowLevel(start, storedBytes, 0, storedBytes, isDeflated, null, (error, stream) => {
      if (error === null) resolve(stream);
      else reject(error);
    });
  });
}
