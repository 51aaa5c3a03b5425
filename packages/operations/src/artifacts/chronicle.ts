import { createReadStream, existsSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { z } from "zod";

/** What became of one artifact, a line of `state/artifacts.jsonl`. `purging` comes before a file is deleted, `purged` after it;
 *  `kept` says that a deletion came to nothing. */
export const ChronicleEntry = z.object({
  at: z.string(),
  event: z.enum(["archived", "restored", "purging", "purged", "kept"]),
  instance_id: z.string(),
  artifact_id: z.string(),
  /** The record that refers to it. */
  seq: z.int(),
  label: z.string(),
  plugin_id: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  by: z.string(),
  reason: z.string().nullable(),
  archive_id: z.string().nullable(),
});
export type ChronicleEntry = z.infer<typeof ChronicleEntry>;

const LONGEST_LINE = 65_536;

/** Archives, restorations and tombstones: appended to and never changed, owner-only, on the disk before anybody is told. */
export class Chronicle {
  readonly #file: string;
  #end = -1;

  constructor(file: string) {
    this.#file = file;
  }

  /** Every entry, oldest first, with where it begins; a torn last line and what makes no sense are passed over. */
  async *entries(): AsyncGenerator<{ readonly entry: ChronicleEntry; readonly offset: number }> {
    if (!existsSync(this.#file)) return;
    let offset = 0;
    let rest = Buffer.alloc(0);
    for await (const chunk of createReadStream(this.#file)) {
      let bytes = Buffer.concat([rest, chunk as Buffer]);
      for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10)) {
        const entry = entryIn(bytes.subarray(0, end));
        if (entry !== null) yield { entry, offset };
        offset += end + 1;
        bytes = bytes.subarray(end + 1);
      }
      rest = bytes;
    }
  }

  /** The entry that begins there. */
  async at(offset: number): Promise<ChronicleEntry | null> {
    const file = await open(this.#file, "r");
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST_LINE), 0, LONGEST_LINE, offset);
      const end = buffer.subarray(0, bytesRead).indexOf(10);
      return end === -1 ? null : entryIn(buffer.subarray(0, end));
    } finally {
      await file.close();
    }
  }

  /** Resolves with where each begins once all are on the disk; rejects with what the system says, and nothing is there then. */
  async append(entries: readonly ChronicleEntry[]): Promise<readonly number[]> {
    if (entries.length === 0) return [];
    const file = await open(this.#file, "a", 0o600);
    try {
      const begin = this.#end === -1 ? await endOf(file, this.#file) : this.#end;
      const lines = entries.map((entry) => Buffer.from(`${JSON.stringify(entry)}\n`));
      try {
        await file.appendFile(Buffer.concat(lines));
        await file.sync();
      } catch (error) {
        this.#end = -1;
        await file.truncate(begin).catch(() => undefined);
        throw error;
      }
      let offset = begin;
      const offsets = lines.map((line) => (offset += line.length) - line.length);
      this.#end = offset;
      return offsets;
    } finally {
      await file.close();
    }
  }
}

/** Where the next line begins: a line that a crash tore is ended first. */
async function endOf(file: FileHandle, path: string): Promise<number> {
  const { size } = await file.stat();
  if (size === 0) return 0;
  const reading = await open(path, "r");
  const last = Buffer.alloc(1);
  try {
    await reading.read(last, 0, 1, size - 1);
  } finally {
    await reading.close();
  }
  if (last[0] === 10) return size;
  await file.appendFile("\n");
  return size + 1;
}

function entryIn(line: Buffer): ChronicleEntry | null {
  try {
    const parsed = ChronicleEntry.safeParse(JSON.parse(line.toString("utf8")));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
