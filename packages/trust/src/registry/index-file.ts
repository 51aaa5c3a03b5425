// index.json, read as what a stranger wrote: capped, strict, and one bad entry takes no other with it.
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { jsonPlaces } from "../keyring/json-places.ts";
import { shown } from "../package/entry-name.ts";
import { type IndexEntry, readEntry } from "./index-entry.ts";
import { indexSpans, type KeyPlace, lineAt } from "./index-spans.ts";
import type { SourceProblem, SourceProblemCode } from "./offer.ts";

export const INDEX_NAME = "index.json";
/** Some 25,000 entries of usual length. */
export const MAX_INDEX_BYTES = 8 * 1024 * 1024;
export const MAX_INDEX_ENTRIES = 25_000;
const MAX_NESTING = 64;
/** More would only hide the first ones. */
const MAX_PROBLEMS = 100;

/** A pipe put in the place of a file does not hold us up. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** An index: what it says that can be read, and what cannot. `tree` is all of it, null where it is no index at all. */
export interface ReadIndex {
  readonly entries: readonly IndexEntry[];
  readonly problems: readonly SourceProblem[];
  readonly tree: Readonly<Record<string, unknown>> | null;
}

/** Reads the index at `path`. Never throws; a missing one is a problem `not-found`. */
export function readIndexFile(path: string): ReadIndex {
  const refuse = (code: SourceProblemCode, message: string, line?: number): ReadIndex => ({
    entries: [],
    problems: [problemAt(path, code, message, line)],
    tree: null,
  });
  let bytes: Buffer | null;
  try {
    bytes = readCapped(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? refuse("not-found", "is not there") : refuse("unreadable", `cannot be read: ${message}`);
  }
  if (bytes === null) return refuse("too-large", `is no file, or larger than ${MAX_INDEX_BYTES} bytes`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse("not-json", "is not UTF-8", 1);
  }
  return parseIndex(text, path);
}

/** The same of a text. */
export function parseIndex(text: string, path: string): ReadIndex {
  const refuse = (code: SourceProblemCode, message: string, line?: number): ReadIndex => ({
    entries: [],
    problems: [problemAt(path, code, message, line)],
    tree: null,
  });
  let tree: unknown;
  try {
    tree = JSON.parse(text);
  } catch {
    return refuse("not-json", "is not JSON", faultLineOf(text));
  }
  if (typeof tree !== "object" || tree === null || Array.isArray(tree)) {
    return refuse("invalid-value", 'is no index: it must be an object with "plugins"', 1);
  }
  const root = tree as Readonly<Record<string, unknown>>;
  if (!Object.hasOwn(root, "plugins")) return refuse("missing-key", "plugins, the list of packages, is missing", 1);
  const plugins = root["plugins"];
  if (!Array.isArray(plugins)) return refuse("invalid-value", "plugins is no list");
  if (plugins.length > MAX_INDEX_ENTRIES) {
    return refuse("too-many-entries", `lists ${plugins.length} packages; at most ${MAX_INDEX_ENTRIES} are read`);
  }
  const { spans, doubled, outside, tooDeepAt } = indexSpans(text, MAX_NESTING);
  if (tooDeepAt !== null) return refuse("too-deep", `nests deeper than ${MAX_NESTING}`, lineAt(text, tooDeepAt));
  if (outside !== null) {
    return refuse("duplicate-key", saidTwice(outside), lineAt(text, outside.at));
  }
  const entries: IndexEntry[] = [];
  const problems: SourceProblem[] = [];
  let faults = 0;
  const tell = (at: number, code: SourceProblemCode, message: string, line: () => number) => {
    faults += 1;
    if (problems.length >= MAX_PROBLEMS) return;
    problems.push(problemAt(path, code, `plugins[${at}]: ${message}; this entry does not count`, line()));
  };
  for (const [at, value] of (plugins as unknown[]).entries()) {
    const twice = doubled.get(at);
    if (twice !== undefined) {
      tell(at, "duplicate-key", saidTwice(twice), () => lineAt(text, twice.at));
      continue;
    }
    const read = readEntry(value);
    if (read.ok) entries.push(read.entry);
    else tell(at, read.fault.code, read.fault.message, () => lineOfField(text, spans[at], read.fault.field));
  }
  if (faults > problems.length) {
    problems.push(problemAt(path, "invalid-value", `${faults - problems.length} more entries do not count`));
  }
  return { entries, problems, tree: root };
}

function saidTwice({ key }: KeyPlace): string {
  return key === "__proto__" ? "__proto__ is no key of ours" : `${shown(key)} is there twice`;
}

/** What is longer has the line of its beginning. */
const MAX_ENTRY_LENGTH = 65_536;

/** The line of a field of an entry, else of the entry. */
function lineOfField(text: string, [start, end]: readonly [number, number] = [0, 0], field: string): number {
  const line = lineAt(text, start);
  if (field === "" || end - start > MAX_ENTRY_LENGTH) return line;
  return line + (jsonPlaces(text.slice(start, end)).lines.get(field) ?? 1) - 1;
}

/** Where a text stops being JSON; of a very long one that is not looked for. */
function faultLineOf(text: string): number | undefined {
  return text.length > MAX_ENTRY_LENGTH * 16 ? undefined : (jsonPlaces(text).faultLine ?? 1);
}

/** A problem whose message begins with its place. */
export function problemAt(path: string, code: SourceProblemCode, message: string, line?: number): SourceProblem {
  const place = line === undefined ? path : `${path}:${line}`;
  return { path, code, message: `${place}: ${message}`, ...(line !== undefined && { line }) };
}

function readCapped(path: string): Buffer | null {
  const descriptor = openSync(path, READ_ONLY);
  try {
    const stats = fstatSync(descriptor);
    return stats.isFile() && stats.size <= MAX_INDEX_BYTES ? readFileSync(descriptor) : null;
  } finally {
    closeSync(descriptor);
  }
}
