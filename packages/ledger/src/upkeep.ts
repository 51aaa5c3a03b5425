import { packDays } from "./packing.ts";
import { dayOf } from "./part-name.ts";
import type { FileSystem } from "./ports.ts";
import { type FileSigner, sealClosedDays } from "./sealer.ts";
import type { ErasureReader } from "./verify-parts.ts";
import type { Turns } from "./turns.ts";

const DAY_MS = 86_400_000;

export interface UpkeepFiles {
  readonly fileSystem: FileSystem;
  readonly directory: string;
  readonly collectorId: string;
  readonly signFile: FileSigner | undefined;
  readonly erasureOf: ErasureReader | undefined;
}

export interface UpkeepOptions {
  readonly turns: Turns;
  readonly packAfterDays: number | undefined;
  readonly closedBefore: () => string;
  readonly finish: (day: string) => void;
}

/** What is done to days that are over: a seal at once, gzip when they are old. Looked for after each checkpoint; needs a
 *  signer. */
export class Upkeep {
  readonly #files: UpkeepFiles;
  readonly #options: UpkeepOptions;
  #packedBefore = "";

  constructor(files: UpkeepFiles, options: UpkeepOptions) {
    this.#files = files;
    this.#options = options;
  }

  async run(): Promise<void> {
    const { signFile } = this.#files;
    if (signFile === undefined) return;
    await this.#options.turns.run(async () => {
      await sealClosedDays({ ...this.#files, ...this.#options, signFile });
      await this.#pack();
    });
  }

  /** Once a day is enough. */
  async #pack(): Promise<void> {
    const { packAfterDays, closedBefore } = this.#options;
    if (packAfterDays === undefined) return;
    const before = dayOf(Date.parse(`${closedBefore()}T00:00:00Z`) - packAfterDays * DAY_MS);
    if (before === this.#packedBefore) return;
    await packDays(this.#files.fileSystem, this.#files.directory, before);
    this.#packedBefore = before;
  }
}
