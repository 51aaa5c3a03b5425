import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { readPlainFile } from "../plain-file.ts";

/** What one plugin may keep, in bytes of its file. */
export const MOST_PLUGIN_BYTES = 1_048_576;

/** How a change ended. */
export type Kept =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: "too-large" | "not-kept"; readonly message: string };

export type Found =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: "not-kept"; readonly message: string };

/** What one plugin keeps. A value that was promised is on the disk; a file is written whole or not at all. */
export interface PluginFile {
  /** `undefined` where nothing is kept. */
  get(key: string): Found;
  /** `undefined` and `null` take out. Resolves once it is on the disk, or why it will not be. */
  put(key: string, value: unknown): Promise<Kept>;
  /** Resolves when nothing waits to be written. */
  idle(): Promise<void>;
}

interface Change {
  readonly key: string;
  /** `null` takes it out. */
  readonly text: string | null;
  settle(kept: Kept): void;
}

/** By key, each as the JSON text it is written as. */
type Values = ReadonlyMap<string, string>;

/** Reads nothing before it is asked for. A file that somebody damaged is left as it is. */
export function openPluginFile(path: string): PluginFile {
  return new FileOnDisk(path);
}

class FileOnDisk implements PluginFile {
  readonly #path: string;
  /** What the disk has; a sentence: why nobody knows. */
  #values: Values | string | null = null;
  #changes: Change[] = [];
  #writing: Promise<void> | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  get(key: string): Found {
    const values = this.#read();
    if (typeof values === "string") return { ok: false, code: "not-kept", message: values };
    const text = values.get(key);
    return { ok: true, value: text === undefined ? undefined : JSON.parse(text) };
  }

  put(key: string, value: unknown): Promise<Kept> {
    const text = value === undefined || value === null ? null : JSON.stringify(value);
    return new Promise((settle) => {
      this.#changes.push({ key, text, settle });
      this.#writing ??= this.#writeAll();
    });
  }

  async idle(): Promise<void> {
    await this.#writing;
  }

  /** What came while one file was written goes into the next one together. */
  async #writeAll(): Promise<void> {
    while (this.#changes.length > 0) {
      await this.#write(this.#changes.splice(0));
    }
    // In the same turn in which nothing was left: what comes after begins anew.
    this.#writing = null;
  }

  async #write(changes: readonly Change[]): Promise<void> {
    const before = this.#read();
    if (typeof before === "string") return settleAll(changes, { ok: false, code: "not-kept", message: before });
    const values = new Map(before);
    const taken: Change[] = [];
    let bytes = sizeOf(before);
    for (const change of changes) {
      const { key, text } = change;
      const grows = entryBytes(key, text) - entryBytes(key, values.get(key) ?? null);
      if (grows > 0 && bytes + grows > MOST_PLUGIN_BYTES) {
        change.settle(tooLarge);
        continue;
      }
      bytes += grows;
      if (text === null) values.delete(key);
      else values.set(key, text);
      taken.push(change);
    }
    if (taken.length === 0) return;
    try {
      await replaceFile(this.#path, `{${[...values].map(([key, text]) => entryText(key, text)).join(",\n")}}\n`);
      this.#values = values;
      settleAll(taken, { ok: true });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      settleAll(taken, { ok: false, code: "not-kept", message: `it could not be written: ${why}` });
    }
  }

  #read(): Values | string {
    this.#values ??= readValues(this.#path);
    const values = this.#values;
    // Somebody may mend it meanwhile.
    if (typeof values === "string") this.#values = null;
    return values;
  }
}

const tooLarge: Kept = {
  ok: false,
  code: "too-large",
  message: `a plugin may keep ${MOST_PLUGIN_BYTES / 1_048_576} MiB; data.put with null takes a key out`,
};

function settleAll(changes: readonly Change[], kept: Kept): void {
  for (const { settle } of changes) settle(kept);
}

const entryText = (key: string, text: string) => `${JSON.stringify(key)}:${text}`;

/** With the comma and the line end. */
function entryBytes(key: string, text: string | null): number {
  return text === null ? 0 : Buffer.byteLength(entryText(key, text)) + 2;
}

function sizeOf(values: Values): number {
  let bytes = 3;
  for (const [key, text] of values) bytes += entryBytes(key, text);
  return bytes;
}

function readValues(path: string): Values | string {
  try {
    // What somebody wrote by hand may be a little longer than what we would have taken.
    const bytes = readPlainFile(path, 2 * MOST_PLUGIN_BYTES);
    if (bytes === null) return `${path} is no regular file of at most 2 MiB; move it away`;
    const parsed: unknown = JSON.parse(bytes.toString("utf8"));
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return damaged(path);
    return new Map(Object.entries(parsed).map(([key, value]) => [key, JSON.stringify(value)]));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return new Map();
    return code === undefined ? damaged(path) : `${path} cannot be read (${code})`;
  }
}

const damaged = (path: string) => `${path} is damaged; mend it, or move it away`;

/** On the disk before the old one goes; owner-only. */
async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, "w", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
