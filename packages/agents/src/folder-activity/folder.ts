// One watched folder: what it held when it was last read.
import type { IgnoreScope } from "./ignore-scope.ts";
import { KnownFiles } from "./known-files.ts";
import { pathBelow } from "./paths.ts";
import type { Stamp } from "./stamp.ts";

const UNSEEN_REMEMBERED = 1_024;

/** A node of the watched tree. Its path follows from its parents, so a moved folder takes everything below along. */
export class Folder {
  parent: Folder | null;
  name: string;
  stamp: Stamp;
  /** The rules inside this folder. */
  scope: IgnoreScope | null = null;
  /** Of the top of a tree only: the rules around it. */
  outerScope: IgnoreScope | null = null;
  hasGit = false;
  hasGitignore = false;
  /** Stops the watch; null while the folder is not watched. */
  unwatch: (() => void) | null = null;
  readonly files = new KnownFiles();
  readonly folders = new Map<string, Folder>();
  readonly #unseen = new Set<string>();
  #path: string | null = null;

  /** For the top of a tree `parent` is null and `name` its absolute path. */
  constructor(parent: Folder | null, name: string, stamp: Stamp) {
    this.parent = parent;
    this.name = name;
    this.stamp = stamp;
  }

  get path(): string {
    return (this.#path ??= this.parent === null ? this.name : pathBelow(this.parent.path, this.name));
  }

  /** The folder at the top of this tree. */
  get top(): Folder {
    return this.parent === null ? this : this.parent.top;
  }

  pathOf(name: string): string {
    return pathBelow(this.path, name);
  }

  /** Puts this folder, with everything below it, in another place. */
  moveTo(parent: Folder, name: string): void {
    this.parent = parent;
    this.name = name;
    for (const each of this.all()) each.#path = null;
  }

  /** Remembers that a name here is ignored, so that its next event costs nothing. Rules files are never overlooked. */
  overlook(name: string): void {
    if (name === ".git" || name === ".gitignore") return;
    if (this.#unseen.size >= UNSEEN_REMEMBERED) this.#unseen.clear();
    this.#unseen.add(name);
  }

  overlooks(name: string): boolean {
    return this.#unseen.has(name);
  }

  /** After the rules or the entries changed, every name is asked about again. */
  lookAgain(): void {
    this.#unseen.clear();
  }

  /** This folder and everything below it, parents first. */
  *all(): Generator<Folder> {
    const open: Folder[] = [this];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      yield next;
      for (const child of next.folders.values()) open.push(child);
    }
  }
}
