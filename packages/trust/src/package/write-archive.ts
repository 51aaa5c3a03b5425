// The one way an archive is written: the same files give the same bytes, on every Node and everywhere.
import { Readable } from "node:stream";

/** One file of an archive to be. */
export interface ArchiveFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly exec: boolean;
}

/** A ZIP of stored entries, sorted by the bytes of their names, dated 1980-01-01. Lives in memory: packages are small. */
export async function writeArchive(files: readonly ArchiveFile[]): Promise<Buffer> {
  // Every start loads this module, few write archives.
  const { ZipFile } = await import("yazl");
  const zip = new ZipFile();
  for (const { name, bytes, exec } of files.toSorted((one, other) => byBytes(one.name, other.name))) {
    zip.addBuffer(bytes, name, {
      compress: false,
      mtime: new FirstZipDay(),
      forceDosTimestamp: true,
      mode: exec ? 0o100755 : 0o100644,
    });
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of Readable.from(zip.outputStream)) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** 1980-01-01 00:00 on every clock: ZIP knows no time zone, and the library asks for the hands of the local one. */
class FirstZipDay extends Date {
  constructor() {
    // Well inside what ZIP can say, whatever the zone.
    super(2000, 0, 1);
  }
  override getFullYear = () => 1980;
  override getMonth = () => 0;
  override getDate = () => 1;
  override getHours = () => 0;
  override getMinutes = () => 0;
  override getSeconds = () => 0;
}

/** Sorts by UTF-8 bytes, as every language can. */
export function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
