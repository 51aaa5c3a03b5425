import { type FileSystem, nodeFileSystem, type OpenFile } from "../src/index.ts";

export interface Failure {
  /** The first step that fails, counted from 1. */
  readonly at: number;
  /** How many fail; Infinity is a power cut. */
  readonly times: number;
  readonly code: string;
}

/** A disk of which some steps fail, in the middle where they can: half a write, a file made and not renamed. Steps are
 *  whatever changes something; reading costs none. */
export class FailingSteps implements FileSystem {
  /** Steps taken so far. */
  steps = 0;
  readonly #failure: Failure;
  readonly #real: FileSystem;
  readonly #open = new Set<OpenFile>();

  constructor(failure: Failure, real: FileSystem = nodeFileSystem) {
    this.#failure = failure;
    this.#real = real;
  }

  makeFolder = (path: string) => this.#step(() => this.#real.makeFolder(path));
  list = (path: string) => this.#real.list(path);
  remove = (path: string) => this.#step(() => this.#real.remove(path));
  syncFolder = (path: string) => this.#step(() => this.#real.syncFolder(path));
  replace = (path: string, bytes: Uint8Array) =>
    this.#step(
      () => this.#real.replace(path, bytes),
      () => this.#real.replace(`${path}.new`, bytes.subarray(0, bytes.length / 2)),
    );

  async open(path: string, mode: "create" | "write" | "read"): Promise<OpenFile> {
    const make = () => this.#real.open(path, mode);
    const file = mode === "create" ? await this.#step(make) : await make();
    this.#open.add(file);
    return {
      ...file,
      write: (chunks, position) => {
        const all = Buffer.concat(chunks);
        return this.#step(
          () => file.write(chunks, position),
          () => file.write([all.subarray(0, all.length / 2)], position),
        );
      },
      sync: () => this.#step(() => file.sync()),
      truncate: (length) => this.#step(() => file.truncate(length)),
      close: async () => {
        this.#open.delete(file);
        await file.close();
      },
    };
  }

  /** Closes what a process that is gone had open. */
  async leave(): Promise<void> {
    for (const file of this.#open) await file.close();
    this.#open.clear();
  }

  async #step<T>(whole: () => Promise<T>, half: () => Promise<unknown> = () => Promise.resolve()): Promise<T> {
    this.steps += 1;
    const { at, times, code } = this.#failure;
    if (this.steps < at || this.steps >= at + times) return await whole();
    if (this.steps === at) await half();
    throw Object.assign(new Error(`${code} at step ${this.steps}`), { code });
  }
}
