// The one way an archive is written: the same files give the same bytes, on every Node and everywhere.
import { Readable } from "node:stream";
import { ZipFile } from "yazl";

/** One file of an archive to be. */
export interface ArchiveFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly exec: boolean;
}

/** A ZIP of stored entries, sorted by the bytes of their names, dated 1980-01-01. Lives in memory: packages are small. */
export async function writeArchive(files: readonly ArchiveFile[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { name, bytes, exec } of files.toSorted((one, other) => byBytes(one.name, other.name))) {
    zip.addBuffer(bytes, name, {
      compress: false,
      // ZIP knows no time zone: the library writes the hands of the local clock.
      mtime: new Date(1980, 0, 1),
      forceDosTimestamp: true,
      mode: exec ? 0o100755 : 0o100644,
    });
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of Readable.from(zip.outputStream)) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** Sorts by UTF-8 bytes, as every language can. */
export function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
