import { openPart } from "./part-file.ts";
import type { FileSystem, OpenFile } from "./ports.ts";

/** The part a reader is at, open until it asks for another: blocks mostly follow each other in one file. */
export class KeptPart {
  readonly #fileSystem: FileSystem;
  readonly #directory: string;
  #name = "";
  #file: OpenFile | null = null;

  constructor(fileSystem: FileSystem, directory: string) {
    this.#fileSystem = fileSystem;
    this.#directory = directory;
  }

  /** Null when there is no such file. */
  async open(name: string): Promise<OpenFile | null> {
    if (this.has(name)) return this.#file;
    await this.close();
    this.#name = name;
    this.#file = await openPart(this.#fileSystem, this.#directory, name);
    return this.#file;
  }

  /** Whether it is the one that is open. */
  has(name: string): boolean {
    return name === this.#name && this.#file !== null;
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    this.#name = "";
    await file?.close();
  }
}
