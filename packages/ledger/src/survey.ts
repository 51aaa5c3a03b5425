import { join } from "node:path";
import { COMMITS, openToRead } from "./commit-log.ts";
import { type CommitEntry, type Genesis, type Head, parseEntry, parseGenesis } from "./entry.ts";
import { type FileLine, lineChunks } from "./line-chunks.ts";
import { sha256Hex } from "./merkle.ts";
import type { FileSystem } from "./ports.ts";

/** What `commits.jsonl` says before anything is repaired. */
export interface Survey {
  readonly genesis: Genesis | null;
  /** Number and hash of the last whole line; n is −1 when there is none. */
  readonly head: Head;
  /** Where the last whole line begins and ends. */
  readonly lastOffset: number;
  readonly end: number;
  /** Hash of the line that was asked for; null when there is none. */
  readonly hashAt: string | null;
  /** What a power cut left of lines that were never synced: without a line end, or behind the head and no entries. */
  readonly torn: FileLine | null;
  readonly last: CommitEntry | null;
  readonly committedSeq: number;
  /** Committed end of each part. */
  readonly partEnds: ReadonlyMap<string, number>;
  /** Numbers of the lines that are no entries. */
  readonly unreadable: readonly number[];
}

/** Reads the whole chain once, without checking it; `askedN` is the line whose hash is wanted: the one the head knows. */
export async function surveyCommits(fileSystem: FileSystem, directory: string, askedN: number): Promise<Survey> {
  const partEnds = new Map<string, number>();
  const unreadable: number[] = [];
  let genesis: Genesis | null = null;
  let [n, lastOffset, end, committedSeq] = [-1, 0, 0, 0];
  let hashAt: string | null = null;
  let lastLine: Buffer = Buffer.alloc(0);
  let last: CommitEntry | null = null;
  let torn: FileLine | null = null;
  let garbled: { line: FileLine; before: [n: number, lastOffset: number, end: number, lastLine: Buffer] } | null = null;
  const file = await openToRead(fileSystem, join(directory, COMMITS));
  try {
    for await (const { lines, rest } of file === null ? [] : lineChunks(file, 0, await file.size())) {
      torn = rest;
      for (const { bytes, offset } of lines) {
        const before: [number, number, number, Buffer] = [n, lastOffset, end, lastLine];
        n += 1;
        [lastOffset, end] = [offset, offset + bytes.length + 1];
        if (n === askedN) hashAt = sha256Hex(bytes);
        lastLine = bytes;
        if (n === 0) {
          genesis = parseGenesis(bytes.toString());
          continue;
        }
        const entry = parseEntry(bytes.toString());
        if (entry === null) {
          unreadable.push(n);
          if (askedN >= 0 && n > askedN) garbled ??= { line: { bytes, offset }, before };
        } else {
          garbled = null;
          last = entry;
          committedSeq = Math.max(committedSeq, entry.seqTo);
          partEnds.set(entry.file, Math.max(partEnds.get(entry.file) ?? 0, entry.offset + entry.length));
        }
      }
    }
  } finally {
    await file?.close();
  }
  if (garbled !== null) {
    torn = garbled.line;
    [n, lastOffset, end, lastLine] = garbled.before;
  }
  const head = { n, hash: sha256Hex(lastLine) };
  return {
    genesis,
    head,
    lastOffset,
    end,
    hashAt,
    torn,
    last,
    committedSeq,
    partEnds,
    unreadable: unreadable.filter((line) => line <= n),
  };
}
