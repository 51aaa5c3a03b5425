import { appendFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type DayView, planDay } from "./day-plan.ts";
import type { Block, Format } from "./format.ts";

/** So many days are held in memory: yesterday, today, and the one that a late record belongs to. */
const MOST_HELD = 3;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** One file per local day in a folder, brought in line with the timeline day by day. Never the truth: a file that is deleted,
 *  torn or out of date is made good at the next look. */
export class DayFiles {
  readonly #directory: string;
  readonly #format: Format;
  /** What the files hold, as far as known. */
  readonly #held = new Map<string, readonly Block[]>();

  constructor(directory: string, format: Format) {
    this.#directory = directory;
    this.#format = format;
  }

  /** The days there are files for. */
  async days(): Promise<string[]> {
    const end = `.${this.#format.extension}`;
    const names = await readdir(this.#directory).catch(() => []);
    return names
      .filter((name) => name.endsWith(end))
      .map((name) => name.slice(0, -end.length))
      .filter((name) => DAY.test(name));
  }

  /** Makes the file of `day` say what it should. Rejects when the disk does not take it; the next look tries again. */
  async settle(day: string, view: DayView): Promise<void> {
    const { blocks, isTorn } = await this.#read(day);
    const plan = planDay(blocks, view);
    // Until it is done nobody knows what the file holds.
    this.#held.delete(day);
    if (isTorn || plan.do === "rewrite") {
      const all = plan.do === "rewrite" ? plan.blocks : [...blocks, ...(plan.do === "append" ? plan.blocks : [])];
      await this.#rewrite(day, all);
      this.#hold(day, all);
      return;
    }
    if (plan.do === "append") {
      await mkdir(this.#directory, { recursive: true, mode: 0o700 });
      await appendFile(this.#fileOf(day), textOf(plan.blocks), { mode: 0o600 });
    }
    this.#hold(day, plan.do === "append" ? [...blocks, ...plan.blocks] : blocks);
  }

  async #read(day: string): Promise<{ blocks: readonly Block[]; isTorn: boolean }> {
    const held = this.#held.get(day);
    try {
      // Whoever edits or deletes a file meanwhile makes it another one.
      if (held !== undefined && (await stat(this.#fileOf(day))).size === Buffer.byteLength(textOf(held)))
        return { blocks: held, isTorn: false };
      const text = await readFile(this.#fileOf(day), "utf8");
      const blocks = this.#format.split(text);
      return { blocks, isTorn: blocks.reduce((sum, block) => sum + block.text.length, 0) < text.length };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return { blocks: [], isTorn: false };
      throw error;
    }
  }

  // A reader sees the old file or the new one.
  async #rewrite(day: string, blocks: readonly Block[]): Promise<void> {
    const file = this.#fileOf(day);
    if (blocks.length === 0) return await rm(file, { force: true });
    const temporary = `${file}.${process.pid}.tmp`;
    try {
      await writeFile(temporary, textOf(blocks), { mode: 0o600 });
      await rename(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  #hold(day: string, blocks: readonly Block[]): void {
    this.#held.set(day, blocks);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= MOST_HELD) return;
      this.#held.delete(oldest);
    }
  }

  #fileOf(day: string): string {
    return join(this.#directory, `${day}.${this.#format.extension}`);
  }
}

function textOf(blocks: readonly Block[]): string {
  return blocks.map(({ text }) => text).join("");
}
