// Names that something happened to, until they are judged; and the suspicion that the kernel dropped some.
import type { Folder } from "./folder.ts";

/** Names to look at. `rescan`: too many happened to name them all. `dropped`: the kernel's queue was full. */
export interface Marks {
  readonly names: ReadonlyMap<Folder, ReadonlySet<string>>;
  readonly wholeFolders: ReadonlySet<Folder>;
  readonly rescan: boolean;
  readonly dropped: boolean;
}

const NAMES_KEPT = 65_536;

/** Collects events. `mark` is all that runs for each one. */
export class Journal {
  readonly #queuedEvents: number;
  readonly #first: () => void;
  #names = new Map<Folder, Set<string>>();
  #wholeFolders = new Set<Folder>();
  #size = 0;
  #burst = 0;
  #rescan = false;
  #dropped = false;

  /** `queuedEvents` is the kernel's limit; `first` is called when the journal stops being empty. */
  constructor(options: { readonly queuedEvents: number; readonly first: () => void }) {
    this.#queuedEvents = options.queuedEvents;
    this.#first = options.first;
  }

  get isEmpty(): boolean {
    return this.#size === 0 && !this.#rescan;
  }

  /** Something happened to `name` in `folder`; null when the system does not say to what. */
  mark(folder: Folder, name: string | null): void {
    if (this.#burst === 0) setImmediate(() => this.#endBurst());
    this.#burst += 1;
    if (name !== null && folder.overlooks(name)) return;
    const wasEmpty = this.isEmpty;
    if (this.#size >= NAMES_KEPT) this.#forget();
    else if (name === null) this.#markWhole(folder);
    else this.#markName(folder, name);
    if (wasEmpty && !this.isEmpty) this.#first();
  }

  /** What was marked so far; the journal is empty after. */
  take(): Marks {
    const marks: Marks = {
      names: this.#names,
      wholeFolders: this.#wholeFolders,
      rescan: this.#rescan,
      dropped: this.#dropped,
    };
    this.#names = new Map();
    this.#wholeFolders = new Set();
    this.#size = 0;
    this.#rescan = false;
    this.#dropped = false;
    return marks;
  }

  #markName(folder: Folder, name: string): void {
    let names = this.#names.get(folder);
    if (names === undefined) this.#names.set(folder, (names = new Set()));
    if (names.has(name)) return;
    names.add(name);
    this.#size += 1;
  }

  #markWhole(folder: Folder): void {
    if (this.#wholeFolders.has(folder)) return;
    this.#wholeFolders.add(folder);
    this.#size += 1;
  }

  #forget(): void {
    this.#names = new Map();
    this.#wholeFolders = new Set();
    this.#size = 0;
    this.#rescan = true;
  }

  /** All queued events arrive in one turn of the event loop; a queue that was full delivers exactly its length, less
   *  those of watches that were closed meanwhile. */
  #endBurst(): void {
    const wasEmpty = this.isEmpty;
    if (this.#burst >= this.#queuedEvents / 2) this.#rescan = true;
    if (this.#burst >= this.#queuedEvents) this.#dropped = true;
    this.#burst = 0;
    if (wasEmpty && !this.isEmpty) this.#first();
  }
}
