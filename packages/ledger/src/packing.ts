import { join } from "node:path";
import { commitEntries } from "./commit-log.ts";
import type { PackReport } from "./ledger.ts";
import { packPart } from "./packed-part.ts";
import { openPart } from "./part-file.ts";
import { packedName } from "./part-name.ts";
import type { FileSystem } from "./ports.ts";
import { readText } from "./read-text.ts";
import { parseSeal } from "./seal.ts";

/** Packs the files of sealed days before `before`. A file goes only when its packed bytes are on the disk, and only if it is
 *  what was sealed. */
export async function packDays(fileSystem: FileSystem, directory: string, before: string): Promise<PackReport> {
  const packed: { file: string; bytes: number; packedBytes: number }[] = [];
  const skipped: string[] = [];
  const sealed = await sealedFiles(fileSystem, directory, before);
  const borders = await bordersOf(fileSystem, directory, new Set(sealed.keys()));
  for (const [file, sha256] of sealed) {
    const done = await packFile(fileSystem, directory, file, borders.get(file) ?? [], sha256);
    if (done === null) skipped.push(file);
    else packed.push(done);
  }
  return { packed, skipped };
}

/** Where the commits of each file end. */
export async function bordersOf(
  fileSystem: FileSystem,
  directory: string,
  files: ReadonlySet<string>,
): Promise<Map<string, number[]>> {
  const borders = new Map<string, number[]>();
  if (files.size === 0) return borders;
  for await (const { entry } of commitEntries(fileSystem, directory)) {
    if (!files.has(entry.file)) continue;
    const ends = borders.get(entry.file) ?? [];
    ends.push(entry.offset + entry.length);
    borders.set(entry.file, ends);
  }
  return borders;
}

/** Hashes of the files not packed yet, as their seals tell them. */
async function sealedFiles(fileSystem: FileSystem, directory: string, before: string): Promise<Map<string, string>> {
  const names = await fileSystem.list(directory);
  const found = new Map<string, string>();
  for (const name of names.filter((one) => one.endsWith(".seal") && one < before).toSorted()) {
    const seal = parseSeal((await readText(fileSystem, join(directory, name))) ?? "");
    for (const [file, sha256] of seal?.files ?? []) if (names.includes(file)) found.set(file, sha256);
  }
  return found;
}

async function packFile(
  fileSystem: FileSystem,
  directory: string,
  file: string,
  borders: readonly number[],
  sha256: string,
): Promise<PackReport["packed"][number] | null> {
  const source = await openPart(fileSystem, directory, file);
  if (source === null) return null;
  let bytes: number;
  let packed: Awaited<ReturnType<typeof packPart>>;
  try {
    bytes = await source.size();
    packed = await packPart(source, borders);
  } finally {
    await source.close();
  }
  if (bytes !== borders.at(-1) || packed.sha256 !== sha256) return null;
  await fileSystem.replace(join(directory, packedName(file)), packed.bytes);
  await fileSystem.syncFolder(directory);
  await fileSystem.remove(join(directory, file));
  return { file, bytes, packedBytes: packed.bytes.length };
}
