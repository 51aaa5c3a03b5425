import { join } from "node:path";
import type { Batch } from "./batch.ts";
import { diskError } from "./ledger-error.ts";
import { dayAfter, nextPart, parsePart, sealName } from "./part-name.ts";
import type { FileSystem, OpenFile } from "./ports.ts";

/** A day file and where its committed records end. */
export interface PartEnd {
  readonly name: string;
  readonly end: number;
}

interface CurrentPart {
  readonly name: string;
  readonly day: string;
  readonly file: OpenFile;
  end: number;
  /** A write or sync failed: nothing may be synced through this descriptor again. */
  broken: boolean;
}

/** Writes and syncs records to the day file they belong to. A day change, a clock step back and a failed descriptor start
 *  a new part; a full disk does not: the same bytes are written at the same place once there is room. */
export class PartWriter {
  readonly #fileSystem: FileSystem;
  readonly #directory: string;
  #resume: PartEnd | null;
  #remains: PartEnd[] = [];
  readonly #finished = new Set<string>();
  #current: CurrentPart | null = null;
  /** The batch that already got its new part, so that a second try does not start another. */
  #partedFor: Batch | null = null;

  /** `resume` is the part of the last commit, to be continued if its day is still the day. */
  constructor(fileSystem: FileSystem, directory: string, resume: PartEnd | null) {
    this.#fileSystem = fileSystem;
    this.#directory = directory;
    this.#resume = resume;
  }

  /** Puts the batch on the disk behind the committed end; `committed` moves that end. */
  async write(batch: Batch): Promise<{ file: string; offset: number }> {
    const part = await this.#partFor(batch);
    if (this.#remains.length > 0) await this.#clearRemains();
    let step: "write-failed" | "sync-failed" = "write-failed";
    try {
      await part.file.write(batch.chunks(), part.end);
      step = "sync-failed";
      await part.file.sync();
    } catch (cause) {
      const error = diskError(step, join(this.#directory, part.name), cause);
      part.broken = error.code !== "disk-full";
      throw error;
    }
    return { file: part.name, offset: part.end };
  }

  /** Counts what `write` put on the disk last as committed. */
  committed(batch: Batch): void {
    if (this.#current !== null) this.#current.end += batch.bytes;
  }

  /** From now on nothing is appended to the parts of `day`. */
  finish(day: string): void {
    this.#finished.add(day);
    if (this.#isFinished(this.#resume?.name)) this.#resume = null;
  }

  async close(): Promise<void> {
    const part = this.#current;
    this.#current = null;
    if (part !== null) await this.#leave(part);
    await this.#clearRemains();
  }

  /** Closes a part that is not written to any more. */
  async #leave({ name, file, end, broken }: CurrentPart): Promise<void> {
    if (broken || end === 0) this.#remains.push({ name, end });
    try {
      await file.close();
    } catch {
      // What mattered was synced or reported before; a failing close tells nothing new.
    }
  }

  /** Cuts off what a failed commit left behind committed ends: it is written elsewhere. A disk that refuses is asked again
   *  at the next commit; at the next start, recovery moves the rest aside. */
  async #clearRemains(): Promise<void> {
    const remains = this.#remains;
    this.#remains = [];
    for (const { name, end } of remains) {
      const path = join(this.#directory, name);
      try {
        if (end === 0) await this.#fileSystem.remove(path);
        else await this.#cut(path, end);
      } catch {
        this.#remains.push({ name, end });
      }
    }
  }

  async #cut(path: string, end: number): Promise<void> {
    const file = await this.#fileSystem.open(path, "write");
    try {
      await file.truncate(end);
    } finally {
      await file.close();
    }
  }

  async #partFor(batch: Batch): Promise<CurrentPart> {
    const stepBack = batch.stepBack && this.#partedFor !== batch;
    const current = this.#current;
    if (
      current !== null &&
      !current.broken &&
      !this.#isFinished(current.name) &&
      !stepBack &&
      current.day === batch.day
    )
      return current;
    try {
      if (current === null && !stepBack && parsePart(this.#resume?.name ?? "")?.day === batch.day) {
        this.#current = await this.#continue(batch.day);
      } else {
        this.#current = await this.#rotate(batch.day);
      }
    } catch (cause) {
      throw diskError("write-failed", this.#directory, cause);
    }
    this.#resume = null;
    this.#partedFor = batch;
    return this.#current;
  }

  async #continue(day: string): Promise<CurrentPart> {
    const { name, end } = this.#resume ?? { name: "", end: 0 };
    const file = await this.#fileSystem.open(join(this.#directory, name), "write");
    return { name, day, file, end, broken: false };
  }

  async #rotate(day: string): Promise<CurrentPart> {
    const old = this.#current;
    this.#current = null;
    if (old !== null) await this.#leave(old);
    const names = await this.#fileSystem.list(this.#directory);
    const name = nextPart(this.#openDay(day, names), names);
    const path = join(this.#directory, name);
    const file = await this.#fileSystem.open(path, "create");
    try {
      await this.#fileSystem.syncFolder(this.#directory);
    } catch (error) {
      await file.close();
      await this.#fileSystem.remove(path);
      throw error;
    }
    // `day` is the day asked for, even where a seal moved the part: the same day must find the part again.
    return { name, day, file, end: 0, broken: false };
  }

  #isFinished(name: string | undefined): boolean {
    const day = parsePart(name ?? "")?.day;
    return day !== undefined && this.#finished.has(day);
  }

  /** The day itself, or, when it is sealed or about to be, the newest day that is not. */
  #openDay(day: string, names: readonly string[]): string {
    const isClosed = (one: string) => this.#finished.has(one) || names.includes(sealName(one));
    if (!isClosed(day)) return day;
    const days = names.flatMap((name) => parsePart(name)?.day ?? []).toSorted();
    return days.findLast((one) => !isClosed(one)) ?? dayAfter(days.at(-1) ?? day);
  }
}
