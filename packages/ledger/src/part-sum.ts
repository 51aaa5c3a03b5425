import { createHash } from "node:crypto";
import { isBlankLine } from "./blank-line.ts";
import { lineChunks, seqOf } from "./line-chunks.ts";
import { openPart } from "./part-file.ts";
import type { FileSystem } from "./ports.ts";

/** What a day file is, as a seal tells it. */
export interface PartSum {
  readonly bytes: number;
  /** SHA-256 in hex, of the unpacked bytes. */
  readonly sha256: string;
  /** Records of which nothing but the leaf is left. */
  readonly blank: readonly number[];
}

/** Reads a day file whole, packed or not; null when it is gone. */
export async function partSum(fileSystem: FileSystem, directory: string, name: string): Promise<PartSum | null> {
  const file = await openPart(fileSystem, directory, name);
  if (file === null) return null;
  const hash = createHash("sha256");
  const blank: number[] = [];
  try {
    const size = await file.size();
    for await (const { lines, rest } of lineChunks(file, 0, size)) {
      for (const { bytes } of lines) {
        hash.update(bytes).update("\n");
        if (isBlankLine(bytes)) blank.push(seqOf(bytes) ?? 0);
      }
      hash.update(rest?.bytes ?? "");
    }
    return { bytes: size, sha256: hash.digest("hex"), blank };
  } finally {
    await file.close();
  }
}
