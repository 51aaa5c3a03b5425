import { type FileLine, lineChunks, seqOf } from "./line-chunks.ts";
import { leafOfLine, rootOfLeaves } from "./merkle.ts";
import { openPart } from "./part-file.ts";
import type { FileSystem } from "./ports.ts";

/** Bytes of a part behind its committed end. */
export interface Tail {
  readonly name: string;
  /** The committed end. */
  readonly offset: number;
  readonly lines: readonly FileLine[];
  /** Bytes without a `\n` that follow the lines. */
  readonly rest: FileLine | null;
}

/** The tail of a part; null when the part ends where it should (or before). */
export async function readTail(
  fileSystem: FileSystem,
  directory: string,
  name: string,
  offset: number,
): Promise<Tail | null> {
  const file = await openPart(fileSystem, directory, name);
  if (file === null) return null;
  try {
    const size = await file.size();
    if (size <= offset) return null;
    const lines: FileLine[] = [];
    let rest: FileLine | null = null;
    for await (const chunk of lineChunks(file, offset, size)) {
      lines.push(...chunk.lines);
      rest = chunk.rest;
    }
    return { name, offset, lines, rest };
  } finally {
    await file.close();
  }
}

/** How many lines at the start of a tail are whole records that continue the count from `nextSeq`. */
export function soundLines({ lines }: Tail, nextSeq: number): number {
  const end = lines.findIndex(({ bytes }, index) => seqOf(bytes) !== nextSeq + index || !isRecord(bytes));
  return end === -1 ? lines.length : end;
}

/** Merkle root over lines, hex. */
export function rootOf(lines: readonly FileLine[]): string {
  return rootOfLeaves(lines.map(({ bytes }) => leafOfLine(bytes)));
}

function isRecord(line: Buffer): boolean {
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(line));
    return true;
  } catch {
    return false;
  }
}
