import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { RuntimeOverrides } from "../config/index.ts";
import { isTable } from "../config/layer.ts";
import { syncFolder } from "../sync-folder.ts";
import { readOverrides } from "./read-overrides.ts";

/** What was changed while a collector ran, kept in `state/overrides.json`. Only the holder of the lock changes it. */
export class Overrides {
  readonly #file: string;
  #current: RuntimeOverrides;
  #fault: string | null;

  private constructor(file: string) {
    this.#file = file;
    ({ overrides: this.#current, fault: this.#fault } = readOverrides(file));
  }

  /** Reads the file; an absent one holds nothing, and so does a damaged one, which `fault` tells. Writes nothing. */
  static open(file: string): Overrides {
    return new Overrides(file);
  }

  get current(): RuntimeOverrides {
    return this.#current;
  }

  /** What is wrong with the file, in a sentence that names it; `null` when it is sound. */
  get fault(): string | null {
    return this.#fault;
  }

  /** Writes what `edit` makes of what the file says now, whole or not at all, 0600. What was damaged is kept beside it, under a
   *  name that `fault` tells. Throws what the disk says; then nothing has changed. */
  change(edit: (now: RuntimeOverrides) => RuntimeOverrides): void {
    const { overrides, fault } = readOverrides(this.#file);
    const next = withoutEmpty(edit(overrides));
    const aside = fault === null ? null : freeName(this.#file);
    if (fault === null && sameText(next, overrides) && existsSync(this.#file)) {
      this.#current = next;
      return;
    }
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    const temporary = `${this.#file}.${process.pid}.tmp`;
    try {
      writeWhole(temporary, `${JSON.stringify(next, null, 2)}\n`);
      if (aside !== null) renameSync(this.#file, aside);
      renameSync(temporary, this.#file);
      syncFolder(dirname(this.#file));
    } catch (error) {
      if (aside !== null && existsSync(aside) && !existsSync(this.#file)) renameSync(aside, this.#file);
      rmSync(temporary, { force: true });
      throw error;
    }
    this.#current = next;
    this.#fault = aside === null ? null : `${fault}; it is kept as ${aside}`;
  }
}

function writeWhole(file: string, text: string): void {
  rmSync(file, { force: true });
  const open = openSync(file, "wx", 0o600);
  try {
    writeFileSync(open, text);
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
}

function freeName(file: string): string {
  for (let count = 1; ; count += 1) {
    const name = file.replace(/(\.json)?$/, `.damaged-${count}.json`);
    if (!existsSync(name)) return name;
  }
}

/** Without plugins and labels of which nothing is left to say. */
function withoutEmpty({ plugins = {}, agents = {} }: RuntimeOverrides): Required<RuntimeOverrides> {
  const rest = (all: object) =>
    Object.fromEntries(Object.entries(all).filter(([, values]) => isTable(values) && Object.keys(values).length > 0));
  return { plugins: rest(plugins), agents: rest(agents) };
}

function sameText(one: RuntimeOverrides, other: RuntimeOverrides): boolean {
  return JSON.stringify(one) === JSON.stringify(withoutEmpty(other));
}
