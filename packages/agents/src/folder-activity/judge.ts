// Compares names with what was known of them, and brings the tree up to date.
import type { Batch, ComeFolder, GoneFolder } from "./batch.ts";
import { Folder } from "./folder.ts";
import { enterScope, type Reader } from "./reader.ts";
import { type Entry, sameContent, sameFolder } from "./stamp.ts";
import type { Visibility } from "./visibility.ts";
import type { Watches } from "./watches.ts";

/** A name in a folder. */
export interface Name {
  readonly folder: Folder;
  readonly name: string;
}

/** The parts of the watcher that judging needs. `visibilityOf` takes the top of a tree. */
export interface JudgeParts {
  readonly reader: Reader;
  readonly watches: Watches;
  readonly visibilityOf: (top: Folder) => Visibility;
}

/** Judges names into a batch. Folders come first: what lies in a moved folder is looked at in its new place. */
export class Judge {
  readonly #reader: Reader;
  readonly #watches: Watches;
  readonly #visibilityOf: (top: Folder) => Visibility;

  constructor(parts: JudgeParts) {
    this.#reader = parts.reader;
    this.#watches = parts.watches;
    this.#visibilityOf = parts.visibilityOf;
  }

  async judge(names: Iterable<Name>, batch: Batch): Promise<void> {
    const files: { place: Name; entry: Entry | null; path: string }[] = [];
    for (const place of names) {
      const { folder, name } = place;
      if (!isAttached(folder)) continue;
      const entry = await this.#reader.look(folder, name, this.#visibilityOf(folder.top));
      if (entry?.kind === "folder" || folder.folders.has(name)) await this.#judgeFolder(place, entry, batch);
      if (entry?.kind !== "folder" || folder.files.has(name)) files.push({ place, entry, path: folder.pathOf(name) });
    }
    await this.settleFolders(batch);
    for (const { place, entry, path } of files) {
      if (!isAttached(place.folder)) continue;
      const moved = place.folder.pathOf(place.name) !== path;
      const now = moved
        ? await this.#reader.look(place.folder, place.name, this.#visibilityOf(place.folder.top))
        : entry;
      this.#judgeFile(place, now, batch);
    }
  }

  /** Follows the folders of a batch: moved ones keep what they hold, gone ones take it along, new ones are read. */
  async settleFolders(batch: Batch): Promise<void> {
    for (let found = batch.takeFolders(); hasAny(found); found = batch.takeFolders()) {
      for (const { gone, come } of found.moved) await this.#move(gone, come, batch);
      for (const { folder } of found.gone) this.dismiss(folder, batch);
      for (const { parent, name, stamp } of found.come) {
        if (!isAttached(parent) || parent.folders.has(name)) continue;
        const folder = new Folder(parent, name, stamp);
        parent.folders.set(name, folder);
        await this.#reader.read(folder, this.#visibilityOf(folder.top), (path, seen) => batch.see(path, null, seen));
      }
    }
  }

  /** Lets a folder go, with every file below it. */
  dismiss(folder: Folder, batch: Batch): void {
    for (const each of folder.all()) {
      for (const [name, stamp] of each.files) batch.see(each.pathOf(name), stamp, null);
    }
    this.#reader.forget(folder);
  }

  /** Every name below `top`, as it is now and as it was known. */
  *everything(top: Folder): Generator<Name> {
    for (const folder of top.all()) {
      for (const name of this.#reader.namesIn(folder)) yield { folder, name };
    }
  }

  async #judgeFolder(place: Name, entry: Entry | null, batch: Batch): Promise<void> {
    const { folder, name } = place;
    const known = folder.folders.get(name);
    if (known !== undefined && entry?.kind === "folder" && !isAnother(known, entry)) {
      known.stamp = entry.stamp;
      // It could not be read before; what it holds is not new.
      if (known.unwatch === null && known.files.size === 0 && known.folders.size === 0) {
        await this.#reader.read(known, this.#visibilityOf(known.top), () => {});
      }
      return;
    }
    if (known !== undefined) {
      batch.folderGone(known);
      folder.folders.delete(name);
    }
    if (entry?.kind === "folder") batch.folderCame({ parent: folder, name, stamp: entry.stamp });
  }

  #judgeFile({ folder, name }: Name, entry: Entry | null, batch: Batch): void {
    const before = folder.files.get(name);
    const after = entry?.kind === "file" ? entry.stamp : null;
    if (before === null && after === null) return;
    this.#reader.keep(folder, name, after);
    if (before === null || after === null || !sameContent(before, after)) batch.see(folder.pathOf(name), before, after);
  }

  async #move(gone: GoneFolder, come: ComeFolder, batch: Batch): Promise<void> {
    const { folder } = gone;
    if (!isAttached(come.parent) || isBelow(come.parent, folder)) return this.dismiss(folder, batch);
    folder.moveTo(come.parent, come.name);
    folder.stamp = come.stamp;
    come.parent.folders.set(come.name, folder);
    batch.folderMoved(gone.path, folder.path);
    for (const each of folder.all()) {
      each.lookAgain();
      enterScope(each, rulesFilesOf(each));
      // Elsewhere than on Linux a watch belongs to a path, not to the folder.
      if (process.platform !== "linux") this.#watches.closeOne(each);
      this.#watches.open(each);
    }
    await this.judge([...this.everything(folder)], batch);
  }
}

/** The names that matter for the rules inside a folder, as last seen. */
function rulesFilesOf(folder: Folder): { name: string }[] {
  return [...(folder.hasGit ? [{ name: ".git" }] : []), ...(folder.hasGitignore ? [{ name: ".gitignore" }] : [])];
}

/** Where there is no inode, a name that is still a folder is still the same folder. */
function isAnother(folder: Folder, entry: Entry): boolean {
  return entry.stamp.inode !== 0 && !sameFolder(folder.stamp, entry.stamp);
}

function isAttached(folder: Folder): boolean {
  for (let at = folder; at.parent !== null; at = at.parent) {
    if (at.parent.folders.get(at.name) !== at) return false;
  }
  return true;
}

function isBelow(folder: Folder, top: Folder): boolean {
  for (let at: Folder | null = folder; at !== null; at = at.parent) if (at === top) return true;
  return false;
}

function hasAny(found: ReturnType<Batch["takeFolders"]>): boolean {
  return found.moved.length + found.gone.length + found.come.length > 0;
}
