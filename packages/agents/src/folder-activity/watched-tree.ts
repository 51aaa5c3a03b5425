// The watched folders as one: events in, changes out.
import { Batch } from "./batch.ts";
import type { Change } from "./changes.ts";
import type { Folder } from "./folder.ts";
import { Journal, type Marks } from "./journal.ts";
import { Judge, type Name } from "./judge.ts";
import type { KernelLimits } from "./kernel-limits.ts";
import type { Watch } from "./node-watch.ts";
import { nextTurn, Reader } from "./reader.ts";
import { isAsKnown, outerRulesChanged, type Root, refreshRoot, rootsFor } from "./roots.ts";
import { adoptUnhidden, hideIgnored } from "./rule-changes.ts";
import { entryAt, type Stamp } from "./stamp.ts";
import type { Visibility } from "./visibility.ts";
import { type Say, Watches } from "./watches.ts";

/** What a watched tree needs. `changed` gets the changes of one settling and how many no event had told of. */
export interface WatchedTreeOptions {
  readonly watchDirs: readonly string[];
  readonly extensions: readonly string[];
  readonly patterns: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly limits: KernelLimits;
  readonly watch: Watch;
  readonly wallMs: () => number;
  /** Something happened and waits for `settle`. */
  readonly stirred: () => void;
  readonly changed: (changes: readonly Change[], droppedEvents: number) => void;
  readonly say: Say;
}

/** Watches folders and everything in them that is the user's. Nothing runs while nothing happens. */
export class WatchedTree {
  readonly #options: WatchedTreeOptions;
  readonly #roots: readonly Root[];
  readonly #journal: Journal;
  readonly #watches: Watches;
  readonly #reader: Reader;
  readonly #judge: Judge;
  #work: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: WatchedTreeOptions) {
    this.#options = options;
    this.#roots = rootsFor(options.watchDirs, options);
    this.#journal = new Journal({ queuedEvents: options.limits.queuedEvents, first: options.stirred });
    this.#watches = new Watches({
      watch: options.watch,
      limit: options.limits.watches,
      changed: (folder, name) => this.#journal.mark(folder, name),
      say: options.say,
    });
    this.#reader = new Reader({ watches: this.#watches });
    this.#judge = new Judge({
      reader: this.#reader,
      watches: this.#watches,
      visibilityOf: (top) => this.#visibilityOf(top),
    });
  }

  /** Folders watched now. */
  get watchCount(): number {
    return this.#watches.count;
  }

  /** Why folders that were asked for are not watched at present, for people. */
  get troubles(): readonly string[] {
    return this.#roots.flatMap((root) => {
      if (root.folder === null) return [`no such folder: ${root.path}`];
      return root.folder.unwatch === null ? [`this folder cannot be watched: ${root.path}`] : [];
    });
  }

  /** Whether nothing waits to be judged. */
  get isQuiet(): boolean {
    return this.#journal.isEmpty;
  }

  /** Whether the watched folders themselves still stand as they were read: nobody tells when they go. */
  rootsStand(): boolean {
    return this.#roots.every((root) => isAsKnown(root) && !this.#isDeaf(root));
  }

  /** Watches and reads everything once. What is there counts as known, unless it was made after this call. */
  start(): Promise<void> {
    const startedMs = this.#options.wallMs();
    return this.#queue(async () => {
      const batch = new Batch();
      await this.#refreshRoots(batch, (path, stamp) => {
        if (stamp.bornMs >= startedMs) batch.see(path, null, stamp);
      });
      this.#report(batch, false);
    });
  }

  /** Judges everything that happened so far; `changed` has been called when the promise resolves. */
  settle(): Promise<void> {
    return this.#queue(() => this.#settle());
  }

  close(): void {
    this.#isClosed = true;
    this.#watches.end();
    for (const root of this.#roots) if (root.folder !== null) this.#watches.close(root.folder);
  }

  /** One settling at a time; after `close` none begins. */
  #queue(work: () => Promise<void>): Promise<void> {
    const next = this.#work.then(() => (this.#isClosed ? undefined : work()));
    this.#work = next.catch(() => {});
    return next;
  }

  async #settle(): Promise<void> {
    // Events the kernel has queued come first; the end of a burst is seen one turn later.
    await nextTurn();
    await nextTurn();
    const marks = this.#journal.take();
    const batch = new Batch();
    await this.#refreshRoots(batch, (path, stamp) => batch.see(path, null, stamp));
    const retold = this.#tellNewRules(marks);
    await this.#judge.judge([...this.#named(marks)], batch);
    if (marks.rescan) {
      batch.announced = false;
      for (const folder of this.#tops()) await this.#judge.judge([...this.#judge.everything(folder)], batch);
    }
    for (const folder of retold) await adoptUnhidden(folder, this.#visibilityOf(folder.top), this.#reader);
    this.#report(batch, marks.dropped);
  }

  #report(batch: Batch, kernelDropped: boolean): void {
    const { changes, unannounced } = batch.finish();
    const dropped = kernelDropped ? Math.max(1, unannounced) : 0;
    if (changes.length > 0 || dropped > 0) this.#options.changed(changes, dropped);
    if (kernelDropped) {
      this.#options.say("warning", "more happened at once than the kernel can tell of; the folders were read again");
    }
    this.#watches.sayWhatIsLeftOut();
  }

  async #refreshRoots(batch: Batch, found: (path: string, stamp: Stamp) => void): Promise<void> {
    for (const root of this.#roots) {
      const had = root.folder !== null;
      const unread = refreshRoot(root, (folder) => this.#judge.dismiss(folder, batch));
      if (unread !== null) await this.#reader.read(unread, root.visibility, found);
      // It could not be watched before; what it holds is not new.
      else if (root.folder !== null && this.#isDeaf(root))
        await this.#reader.read(root.folder, root.visibility, () => {});
      if (had && root.folder === null) this.#options.say("warning", `${root.path} is gone; it is awaited`);
    }
  }

  /** Where rules were written: applies them, and returns the folders in which they count. */
  #tellNewRules(marks: Marks): Folder[] {
    const retold: Folder[] = [];
    for (const root of this.#roots) {
      if (root.folder !== null && (outerRulesChanged(root) || marks.rescan)) retold.push(root.folder);
    }
    for (const [folder, names] of marks.names) {
      const gitCameOrWent = names.has(".git") && folder.hasGit !== hasGitNow(folder);
      if ((names.has(".gitignore") || gitCameOrWent) && this.#isOurs(folder)) retold.push(folder);
    }
    for (const folder of retold) hideIgnored(folder, this.#visibilityOf(folder.top), this.#reader);
    return retold;
  }

  *#named(marks: Marks): Generator<Name> {
    for (const [folder, names] of marks.names) {
      if (this.#isOurs(folder)) for (const name of names) yield { folder, name };
    }
    for (const folder of marks.wholeFolders) {
      if (this.#isOurs(folder)) for (const name of this.#reader.namesIn(folder)) yield { folder, name };
    }
  }

  *#tops(): Generator<Folder> {
    for (const root of this.#roots) if (root.folder !== null) yield root.folder;
  }

  /** Not watched, though there is room for a watch. */
  #isDeaf(root: Root): boolean {
    return root.folder !== null && root.folder.unwatch === null && !this.#watches.isFull;
  }

  #isOurs(folder: Folder): boolean {
    return this.#roots.some((root) => root.folder === folder.top);
  }

  #visibilityOf(top: Folder): Visibility {
    const root = this.#roots.find((each) => each.folder === top);
    if (root === undefined) throw new Error(`${top.path} is not the top of a watched tree`);
    return root.visibility;
  }
}

function hasGitNow(folder: Folder): boolean {
  return entryAt(folder.pathOf(".git")) !== null;
}
