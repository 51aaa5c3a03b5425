import { createHash } from "node:crypto";
import { join } from "node:path";
import { COMMITS, openToRead } from "./commit-log.ts";
import { type Head, parseEntry } from "./entry.ts";
import { lineChunks, readAt } from "./line-chunks.ts";
import { sha256Hex } from "./merkle.ts";
import { comparePartNames, parsePart, sealName } from "./part-name.ts";
import type { FileSystem } from "./ports.ts";
import { encodeSeal } from "./seal.ts";

const READ_BYTES = 1024 * 1024;

export interface SealerOptions {
  readonly fileSystem: FileSystem;
  readonly directory: string;
  readonly collectorId: string;
  /** The text of a `.minisig` for `bytes`. */
  readonly signFile: (bytes: Uint8Array, trustedComment: string) => string;
  /** Days before this one get no more records. */
  readonly closedBefore: () => string;
  /** From now on nothing is appended to the parts of `day`. */
  readonly finish: (day: string) => void;
}

interface DayCommits {
  first: Head;
  last: Head;
  readonly ends: Map<string, number>;
}

/** Seals the days that are over and have no seal yet. A day whose files are not what its commits say gets none. */
export async function sealClosedDays(options: SealerOptions): Promise<void> {
  const { fileSystem, directory, closedBefore, finish } = options;
  const names = await fileSystem.list(directory);
  const days = new Set(names.flatMap((name) => parsePart(name)?.day ?? []));
  const before = closedBefore();
  const open = new Set([...days].filter((day) => day < before && !names.includes(sealName(day))));
  if (open.size === 0) return;
  for (const day of open) finish(day);
  for (const [day, commits] of await commitsByDay(options, open)) await sealDay(options, day, commits);
}

async function commitsByDay(
  { fileSystem, directory }: SealerOptions,
  days: ReadonlySet<string>,
): Promise<Map<string, DayCommits>> {
  const found = new Map<string, DayCommits>();
  const file = await openToRead(fileSystem, join(directory, COMMITS));
  if (file === null) return found;
  try {
    for await (const { lines } of lineChunks(file, 0, await file.size())) {
      for (const { bytes } of lines) {
        const entry = parseEntry(bytes.toString());
        const day = entry === null ? undefined : parsePart(entry.file)?.day;
        if (entry === null || day === undefined || !days.has(day)) continue;
        const head = { n: entry.n, hash: sha256Hex(bytes) };
        const commits = found.get(day) ?? { first: head, last: head, ends: new Map() };
        commits.last = head;
        commits.ends.set(entry.file, entry.offset + entry.length);
        found.set(day, commits);
      }
    }
  } finally {
    await file.close();
  }
  return found;
}

async function sealDay(
  { fileSystem, directory, collectorId, signFile }: SealerOptions,
  day: string,
  commits: DayCommits,
): Promise<void> {
  const files = new Map<string, string>();
  for (const [name, end] of [...commits.ends].toSorted(([a], [b]) => comparePartNames(a, b))) {
    const hash = await hashWhole(fileSystem, join(directory, name), end);
    if (hash === null) return;
    files.set(name, hash);
  }
  const text = encodeSeal({ collectorId, first: commits.first, last: commits.last, files });
  const path = join(directory, sealName(day));
  // The signature first: a seal counts from when it is there.
  await fileSystem.replace(
    `${path}.minisig`,
    Buffer.from(signFile(Buffer.from(text), `mimolo seal ${collectorId} ${day}`)),
  );
  await fileSystem.replace(path, Buffer.from(text));
}

/** SHA-256 of a file in hex; null when it is gone or does not end at `end`. */
async function hashWhole(fileSystem: FileSystem, path: string, end: number): Promise<string | null> {
  const file = await openToRead(fileSystem, path);
  if (file === null) return null;
  try {
    if ((await file.size()) !== end) return null;
    const hash = createHash("sha256");
    for (let at = 0; at < end; at += READ_BYTES) hash.update(await readAt(file, at, Math.min(READ_BYTES, end - at)));
    return hash.digest("hex");
  } finally {
    await file.close();
  }
}
