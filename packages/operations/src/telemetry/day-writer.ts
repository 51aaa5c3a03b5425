import { constants } from "node:fs";
import { type FileHandle, mkdir, open, truncate } from "node:fs/promises";
import { dayFile } from "./day-files.ts";

const NEW_LINE = 10;
/** To the file itself: what somebody linked there may be anything, and a pipe would hold us up. */
const APPEND =
  constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
/** What a disk that takes nothing may cost us. */
const MOST_WAITING_BYTES = 1_048_576;
const MOST_AT_ONCE_BYTES = 65_536;

/** Appends lines to the files of days. What a disk does not take waits for the next time, up to 1 MiB; then the oldest goes. */
export class DayWriter {
  readonly #folder: string;
  #waiting: { readonly day: string; text: string }[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Rejects when not all could be written. */
  async append(lines: readonly { readonly day: string; readonly line: string }[]): Promise<void> {
    for (const { day, line } of lines) {
      const last = this.#waiting.at(-1);
      if (last?.day === day && last.text.length < MOST_AT_ONCE_BYTES) last.text += `${line}\n`;
      else this.#waiting.push({ day, text: `${line}\n` });
    }
    while (this.#waiting.reduce((sum, { text }) => sum + text.length, 0) > MOST_WAITING_BYTES) this.#waiting.shift();
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      await appendWhole(dayFile(this.#folder, next.day), next.text);
      this.#waiting.shift();
    }
  }
}

/** All of it, or nothing: what was begun is taken back, so that the next try counts nothing twice. */
async function appendWhole(path: string, text: string): Promise<void> {
  const file = await open(path, APPEND, 0o600);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new Error(`${path} is no regular file`);
    const { size } = stats;
    try {
      await file.appendFile((await endsOpen(file, size)) ? `\n${text}` : text);
    } catch (error) {
      // By its path: Windows lets nobody shorten a file through a handle that only appends.
      await truncate(path, size);
      throw error;
    }
  } finally {
    await file.close();
  }
}

/** The last line was torn when a collector died. */
async function endsOpen(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== NEW_LINE;
}
