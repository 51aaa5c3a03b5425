import { dirname } from "node:path";
import { diskError, systemCode } from "./ledger-error.ts";
import type { FileSystem, OpenFile } from "./ports.ts";

/** A file that grows by whole lines, each synced before `append` resolves. After a failed write or sync the descriptor is
 *  never used again: the file is opened anew and cut to its last good end, and the caller may try the line again. */
export class LineFile {
  readonly path: string;
  readonly #fileSystem: FileSystem;
  #end: number;
  #file: OpenFile | null = null;

  /** `end` is where the last good line ends. */
  constructor(fileSystem: FileSystem, path: string, end: number) {
    this.#fileSystem = fileSystem;
    this.path = path;
    this.#end = end;
  }

  async append(line: string): Promise<void> {
    const bytes = Buffer.from(`${line}\n`);
    let step: "write-failed" | "sync-failed" = "write-failed";
    try {
      this.#file ??= await this.#open();
      await this.#file.write([bytes], this.#end);
      step = "sync-failed";
      await this.#file.sync();
    } catch (cause) {
      await this.close();
      throw diskError(step, this.path, cause);
    }
    this.#end += bytes.byteLength;
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    try {
      await file?.close();
    } catch {
      // What mattered was synced or reported before; a failing close tells nothing new.
    }
  }

  async #open(): Promise<OpenFile> {
    const file = await this.#openOrCreate();
    try {
      if ((await file.size()) > this.#end) await file.truncate(this.#end);
      // Nothing good is in it yet: its name may be new, too.
      if (this.#end === 0) await this.#fileSystem.syncFolder(dirname(this.path));
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async #openOrCreate(): Promise<OpenFile> {
    try {
      return await this.#fileSystem.open(this.path, "write");
    } catch (error) {
      if (systemCode(error) !== "ENOENT" || this.#end > 0) throw error;
      return await this.#fileSystem.open(this.path, "create");
    }
  }
}
