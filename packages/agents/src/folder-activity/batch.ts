// What one look at the marked names found: files before and after, folders gone and come.
import { type Change, changesIn, type Observation } from "./changes.ts";
import type { Folder } from "./folder.ts";
import type { Stamp } from "./stamp.ts";
import { sameFolder } from "./stamp.ts";

/** A folder that is no longer at `path`. */
export interface GoneFolder {
  readonly folder: Folder;
  readonly path: string;
}

/** A folder that was not there before. */
export interface ComeFolder {
  readonly parent: Folder;
  readonly name: string;
  readonly stamp: Stamp;
}

/** Gathers observations; two of one path become one. */
export class Batch {
  readonly #seen = new Map<string, Observation>();
  readonly #unannounced = new Set<string>();
  readonly #folderChanges: Change[] = [];
  #gone: GoneFolder[] = [];
  #come: ComeFolder[] = [];
  /** Set while a rescan finds what no event told of. */
  announced = true;

  see(path: string, before: Stamp | null, after: Stamp | null): void {
    const earlier = this.#seen.get(path);
    this.#seen.set(path, { path, before: earlier === undefined ? before : earlier.before, after });
    if (earlier === undefined && !this.announced) this.#unannounced.add(path);
  }

  folderGone(folder: Folder): void {
    this.#gone.push({ folder, path: folder.path });
  }

  folderCame(come: ComeFolder): void {
    this.#come.push(come);
  }

  folderMoved(from: string, path: string): void {
    this.#folderChanges.push({ kind: "renamed", path, from });
  }

  /** Folders found gone or come since the last call, those that only moved paired. */
  takeFolders(): { moved: { gone: GoneFolder; come: ComeFolder }[]; gone: GoneFolder[]; come: ComeFolder[] } {
    const byInode = new Map<number, GoneFolder[]>();
    for (const gone of this.#gone) {
      const others = byInode.get(gone.folder.stamp.inode);
      if (others === undefined) byInode.set(gone.folder.stamp.inode, [gone]);
      else others.push(gone);
    }
    const left = new Set(this.#gone);
    const moved: { gone: GoneFolder; come: ComeFolder }[] = [];
    const come = this.#come.filter((arrival) => {
      const gone = byInode
        .get(arrival.stamp.inode)
        ?.find((each) => left.has(each) && sameFolder(each.folder.stamp, arrival.stamp));
      if (gone === undefined) return true;
      left.delete(gone);
      moved.push({ gone, come: arrival });
      return false;
    });
    this.#gone = [];
    this.#come = [];
    return { moved, gone: [...left], come };
  }

  /** The changes, and how many of them no event told of. */
  finish(): { changes: Change[]; unannounced: number } {
    const changes = [...this.#folderChanges, ...changesIn([...this.#seen.values()])];
    return { changes, unannounced: changes.filter((change) => this.#unannounced.has(change.path)).length };
  }
}
