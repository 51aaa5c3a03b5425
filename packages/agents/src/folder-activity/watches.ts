// One watch per folder, never more than allowed, and a word about what is left out.
import type { Folder } from "./folder.ts";
import type { Watch } from "./node-watch.ts";

/** Tells people something once. */
export type Say = (level: "info" | "warning", message: string) => void;

/** Opens and closes the watches of a tree. */
export class Watches {
  readonly #watch: Watch;
  readonly #changed: (folder: Folder, name: string | null) => void;
  readonly #say: Say;
  #limit: number;
  #open = 0;
  #leftOut = 0;
  #nextWord = 1;
  #reason = "the tenth of this system's watches that one agent may take";

  constructor(options: {
    readonly watch: Watch;
    readonly limit: number;
    readonly changed: (folder: Folder, name: string | null) => void;
    readonly say: Say;
  }) {
    this.#watch = options.watch;
    this.#limit = options.limit;
    this.#changed = options.changed;
    this.#say = options.say;
  }

  /** Folders watched now. */
  get count(): number {
    return this.#open;
  }

  /** Whether no folder more can be watched. */
  get isFull(): boolean {
    return this.#open >= this.#limit;
  }

  /** From now on no folder is watched anew and nothing is said. */
  end(): void {
    this.#limit = 0;
    this.#nextWord = Number.POSITIVE_INFINITY;
  }

  /** Watches a folder; false when it cannot be, because of the limit or because it is gone or closed to us. */
  open(folder: Folder): boolean {
    if (folder.unwatch !== null) return true;
    if (this.isFull) return this.#leaveOut();
    try {
      folder.unwatch = this.#watch(folder.path, {
        changed: (name) => this.#changed(folder, name),
        failed: () => this.#lost(folder),
      });
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code !== "ENOSPC" && code !== "EMFILE" && code !== "ENFILE") return false;
      this.#limit = this.#open;
      this.#reason =
        code === "ENOSPC"
          ? "all that this system has left (fs.inotify.max_user_watches)"
          : "all that this system has left (fs.inotify.max_user_instances, or open files)";
      return this.#leaveOut();
    }
    this.#open += 1;
    return true;
  }

  /** Gives a folder up that is too large to be kept in memory. */
  refuse(folder: Folder): void {
    this.closeOne(folder);
    this.#leaveOut();
  }

  closeOne(folder: Folder): void {
    if (folder.unwatch === null) return;
    folder.unwatch();
    folder.unwatch = null;
    this.#open -= 1;
  }

  /** Closes the watches of a folder and of everything below it. */
  close(folder: Folder): void {
    for (const each of folder.all()) this.closeOne(each);
  }

  /** Says aloud, at each doubling, how many folders are not watched. */
  sayWhatIsLeftOut(): void {
    if (this.#leftOut < this.#nextWord) return;
    this.#nextWord = this.#leftOut * 2;
    this.#say(
      "warning",
      `${this.#open} folders are watched, ${this.#reason}; ${this.#leftOut} deeper or larger ones are not. ` +
        "Name fewer folders in watch_dirs, or ignore some",
    );
  }

  #leaveOut(): boolean {
    this.#leftOut += 1;
    return false;
  }

  #lost(folder: Folder): void {
    this.closeOne(folder);
    if (folder.parent !== null) this.#changed(folder.parent, folder.name);
  }
}
