// Reads folders into the tree: first the watch, then the names, so that nothing falls between the two.
import { type Dirent, opendirSync } from "node:fs";
import { Folder } from "./folder.ts";
import { scopeInside } from "./ignore-scope.ts";
import { entryAt, type Stamp } from "./stamp.ts";
import type { Visibility } from "./visibility.ts";
import type { Watches } from "./watches.ts";

/** Told of each file that a reading found. */
export type Found = (path: string, stamp: Stamp) => void;

/** Files kept in mind, over all folders; some 150 bytes each. */
const FILES_KEPT = 120_000;
const LOOKS_PER_TURN = 256;

/** Reads folders breadth first, so that when watches run out it is the deepest folders that go without. */
export class Reader {
  readonly #watches: Watches;
  #files = 0;
  #looks = 0;

  constructor(options: { readonly watches: Watches }) {
    this.#watches = options.watches;
  }

  /** Watches and reads `top` and everything below it that is seen; yields to the event loop as it goes. */
  async read(top: Folder, visibility: Visibility, found: Found): Promise<void> {
    let open = [top];
    while (open.length > 0) {
      const next: Folder[] = [];
      for (const folder of open) {
        if (!this.#watches.open(folder)) continue;
        const names = listing(folder.path, FILES_KEPT - this.#files);
        if (names === null) {
          this.#watches.refuse(folder);
          continue;
        }
        enterScope(folder, names);
        for (const dirent of names) {
          const child = this.#take(folder, dirent, visibility, found);
          if (child !== null) next.push(child);
          if (this.#isTired()) await nextTurn();
        }
      }
      open = next;
    }
  }

  /** The names in a folder now, those it was known to hold included. */
  namesIn(folder: Folder): Set<string> {
    const names = new Set([...folder.files.names(), ...folder.folders.keys()]);
    for (const dirent of listing(folder.path, FILES_KEPT) ?? []) names.add(dirent.name);
    return names;
  }

  /** Looks at one name; null when there is nothing that is seen there. */
  async look(folder: Folder, name: string, visibility: Visibility): Promise<ReturnType<typeof entryAt>> {
    if (this.#isTired()) await nextTurn();
    const entry = entryAt(folder.pathOf(name));
    if (entry === null || visibility.sees(folder, name, entry.kind)) return entry;
    folder.overlook(name);
    return null;
  }

  /** Keeps the count of files right when the tree is changed from outside. */
  keep(folder: Folder, name: string, stamp: Stamp | null): void {
    const had = folder.files.has(name);
    if (stamp !== null) folder.files.set(name, stamp);
    else folder.files.delete(name);
    this.#files += Number(stamp !== null) - Number(had);
  }

  /** Forgets a folder that is no longer part of the tree. */
  forget(folder: Folder): void {
    this.#watches.close(folder);
    for (const each of folder.all()) {
      this.#files -= each.files.size;
      each.files.clear();
    }
  }

  #take(folder: Folder, dirent: Dirent, visibility: Visibility, found: Found): Folder | null {
    const { name } = dirent;
    const kind = dirent.isDirectory() ? "folder" : dirent.isFile() || dirent.isSymbolicLink() ? "file" : null;
    if (kind !== null && !visibility.sees(folder, name, kind)) {
      folder.overlook(name);
      return null;
    }
    const entry = entryAt(folder.pathOf(name));
    // Some file systems tell the kind only when asked for more.
    if (entry === null || (kind === null && !visibility.sees(folder, name, entry.kind))) return null;
    if (entry.kind === "file") {
      this.keep(folder, name, entry.stamp);
      found(folder.pathOf(name), entry.stamp);
      return null;
    }
    const child = new Folder(folder, name, entry.stamp);
    folder.folders.set(name, child);
    return child;
  }

  #isTired(): boolean {
    this.#looks += 1;
    return this.#looks % LOOKS_PER_TURN === 0;
  }
}

/** Lets everything else that waits have its turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Works out the rules inside a folder from its names. */
export function enterScope(folder: Folder, names: readonly { readonly name: string }[]): void {
  folder.hasGit = names.some(({ name }) => name === ".git");
  folder.hasGitignore = names.some(({ name }) => name === ".gitignore");
  folder.scope = scopeInside(folder.path, folder, folder.parent === null ? folder.outerScope : folder.parent.scope);
}

/** The names in a folder; none when it cannot be read, null when there are more than `limit`. */
function listing(path: string, limit: number): Dirent[] | null {
  const names: Dirent[] = [];
  try {
    const directory = opendirSync(path, { bufferSize: 256 });
    try {
      for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
        names.push(entry);
        if (names.length > limit) return null;
      }
    } finally {
      directory.closeSync();
    }
  } catch {
    return names;
  }
  return names;
}
