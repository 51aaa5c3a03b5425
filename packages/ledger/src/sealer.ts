import { join } from "node:path";
import { commitEntries } from "./commit-log.ts";
import { dayHolds } from "./day-holds.ts";
import type { Head } from "./entry.ts";
import { sha256Hex } from "./merkle.ts";
import { comparePartNames, parsePart, sealName } from "./part-name.ts";
import { partSum } from "./part-sum.ts";
import type { FileSystem } from "./ports.ts";
import { encodeSeal } from "./seal.ts";
import type { ErasureReader } from "./verify-parts.ts";

/** The text of a `.minisig` for `bytes`. */
export type FileSigner = (bytes: Uint8Array, trustedComment: string) => string;

export interface SealerOptions {
  readonly fileSystem: FileSystem;
  readonly directory: string;
  readonly collectorId: string;
  readonly signFile: FileSigner;
  readonly erasureOf: ErasureReader | undefined;
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
  for await (const { entry, line } of commitEntries(fileSystem, directory)) {
    const day = parsePart(entry.file)?.day;
    if (day === undefined || !days.has(day)) continue;
    const head = { n: entry.n, hash: sha256Hex(line) };
    const commits = found.get(day) ?? { first: head, last: head, ends: new Map() };
    commits.last = head;
    commits.ends.set(entry.file, entry.offset + entry.length);
    found.set(day, commits);
  }
  return found;
}

async function sealDay(options: SealerOptions, day: string, commits: DayCommits): Promise<void> {
  const { fileSystem, directory, collectorId } = options;
  const files = new Map<string, string>();
  const erased: number[] = [];
  for (const [name, end] of [...commits.ends].toSorted(([a], [b]) => comparePartNames(a, b))) {
    const sum = await partSum(fileSystem, directory, name);
    if (sum?.bytes !== end) return;
    files.set(name, sum.sha256);
    erased.push(...sum.blank);
  }
  if (!(await dayHolds(options, day))) return;
  const { first, last } = commits;
  await putSeal(
    options,
    day,
    encodeSeal({ collectorId, first, last, erased: erased.toSorted((a, b) => a - b), files }),
  );
}

/** Signs a seal and puts both in place, the signature first: a seal counts from when it is there. */
export async function putSeal(
  options: Pick<SealerOptions, "fileSystem" | "directory" | "collectorId" | "signFile">,
  day: string,
  text: string,
): Promise<void> {
  const { fileSystem, directory, collectorId, signFile } = options;
  const path = join(directory, sealName(day));
  const signature = signFile(Buffer.from(text), `mimolo seal ${collectorId} ${day}`);
  await fileSystem.replace(`${path}.minisig`, Buffer.from(signature));
  await fileSystem.replace(path, Buffer.from(text));
}
