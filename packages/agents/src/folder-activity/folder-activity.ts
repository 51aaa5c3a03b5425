// From folders to summaries: what the agent does, without the protocol around it.
import { atMost } from "../at-most.ts";
import { type SummaryWindow, summaryWindow } from "../window.ts";
import type { KernelLimits } from "./kernel-limits.ts";
import type { Watch } from "./node-watch.ts";
import type { Change } from "./changes.ts";
import { DEFAULT_IGNORES } from "./default-ignores.ts";
import type { FolderActivitySettings } from "./settings.ts";
import { type Counts, Tally } from "./tally.ts";
import { type Glance, Today } from "./today.ts";
import { WatchedTree } from "./watched-tree.ts";
import type { Say } from "./watches.ts";

/** The `data` of a summary. */
export interface FolderActivityData extends Record<string, unknown> {
  readonly schema: "folder_activity.summary.v1";
  readonly window: SummaryWindow;
  readonly counts: Counts;
  readonly folders: readonly string[];
  readonly top_extensions: readonly { readonly ext: string; readonly count: number }[];
  readonly path_samples: readonly string[];
  readonly dropped_events: number;
  readonly client_id?: string;
  readonly client_name?: string;
}

/** Time as this agent needs it. */
export interface ActivityClock {
  wallMs(): number;
  /** Returns how to forget it. */
  after(delayMs: number, run: () => void): () => void;
}

const SHORTEST_COALESCE_MS = 20;
/** The SDK gives a summary 5 s. */
const LONGEST_SETTLING_MS = 3_000;

/** Watches the folders of its settings and counts what changes in them. */
export class FolderActivity {
  readonly #settings: FolderActivitySettings;
  readonly #clock: ActivityClock;
  readonly #tree: WatchedTree;
  readonly #tally: Tally;
  readonly #today: Today;
  readonly #say: Say;
  readonly #worked: () => void;
  #windowStartMs: number;
  #isWaiting = false;
  #forgetSettling = () => {};
  #isPaused = false;
  /** When the first event came that was not judged yet, and the first of those that turned out to be work. */
  #stirredMs: number | null = null;
  #firstWorkMs: number | null = null;

  constructor(options: {
    readonly settings: FolderActivitySettings;
    readonly clock: ActivityClock;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly limits: KernelLimits;
    readonly watch: Watch;
    readonly say: Say;
    /** Called when changes were counted. */
    readonly worked?: () => void;
  }) {
    const { settings, clock } = options;
    this.#settings = settings;
    this.#clock = clock;
    this.#say = options.say;
    this.#worked = options.worked ?? (() => {});
    this.#tally = new Tally({ sampleLimit: settings.pathSamplesLimit });
    this.#today = new Today(() => clock.wallMs());
    this.#windowStartMs = clock.wallMs();
    this.#tree = new WatchedTree({
      watchDirs: settings.watchDirs,
      extensions: settings.extensions,
      patterns: [...DEFAULT_IGNORES, ...settings.ignore],
      environment: options.environment,
      limits: options.limits,
      watch: options.watch,
      wallMs: () => clock.wallMs(),
      stirred: () => this.#settleSoon(),
      changed: (changes, dropped) => this.#count(changes, dropped),
      say: options.say,
    });
  }

  /** Changes counted and not yet reported. */
  get pending(): number {
    return this.#tally.total;
  }

  /** Today so far. */
  get glance(): Glance {
    return this.#today.glance(this.#tally.counts);
  }

  /** Folders watched now. */
  get watchCount(): number {
    return this.#tree.watchCount;
  }

  /** Why not everything asked for is watched, for people; null when it is. */
  get trouble(): string | null {
    if (this.#settings.watchDirs.length === 0) return "no folder to watch: watch_dirs is empty";
    const { troubles } = this.#tree;
    return troubles.length === 0 ? null : troubles.join("; ");
  }

  /** Watches; resolves when everything has been read once. */
  start(): Promise<void> {
    return this.#tree.start();
  }

  /** Looks whether the watched folders themselves still stand, which no event tells. */
  async checkRoots(): Promise<void> {
    if (!this.#tree.rootsStand()) await this.settle();
  }

  /** Judges what happened so far. */
  async settle(): Promise<void> {
    await this.#tree.settle();
    if (this.#tree.isQuiet) this.#stirredMs = null;
  }

  /** Stops counting, after what happened so far; the folders stay watched. */
  async pause(): Promise<void> {
    await this.settle();
    this.#isPaused = true;
  }

  /** Counts again; what happened in between is known, but not work anybody asked to have observed. */
  async resume(): Promise<void> {
    if (!this.#isPaused) return;
    await this.settle();
    this.#isPaused = false;
    this.#windowStartMs = this.#clock.wallMs();
  }

  /** Everything up to now as a summary; the next window begins. `workMs`: how long ago the work in it began, null if there
   *  was none. */
  async takeSummary(): Promise<{ data: FolderActivityData; workMs: number | null }> {
    // While a large folder is being read, what is known by now is told; the rest comes with the next summary.
    await atMost(this.#clock, LONGEST_SETTLING_MS, this.settle());
    const endMs = this.#clock.wallMs();
    const workMs = this.#firstWorkMs === null ? null : Math.max(0, endMs - this.#firstWorkMs);
    this.#firstWorkMs = null;
    const report = this.#tally.take();
    this.#today.taken(report.counts);
    const data: FolderActivityData = {
      schema: "folder_activity.summary.v1",
      window: summaryWindow(this.#windowStartMs, endMs),
      counts: report.counts,
      folders: report.folders,
      top_extensions: report.topExtensions,
      path_samples: report.pathSamples,
      dropped_events: report.droppedEvents,
      ...(this.#settings.clientId === null ? {} : { client_id: this.#settings.clientId }),
      ...(this.#settings.clientName === null ? {} : { client_name: this.#settings.clientName }),
    };
    this.#windowStartMs = endMs;
    return { data, workMs: report.counts.total > 0 ? workMs : null };
  }

  close(): void {
    this.#forgetSettling();
    this.#tree.close();
  }

  #count(changes: readonly Change[], droppedEvents: number): void {
    if (this.#isPaused) return;
    this.#tally.add(changes, droppedEvents);
    this.#today.changed(changes);
    if (this.#tally.total === 0) return;
    this.#firstWorkMs ??= this.#stirredMs ?? this.#clock.wallMs();
    this.#worked();
  }

  /** The first event of a burst starts the wait; all that follow within it are judged with it. */
  #settleSoon(): void {
    this.#stirredMs ??= this.#clock.wallMs();
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    const delayMs = Math.max(SHORTEST_COALESCE_MS, this.#settings.coalesceWindowMs);
    this.#forgetSettling = this.#clock.after(delayMs, () => {
      this.#isWaiting = false;
      this.settle().catch((error: unknown) => this.#say("warning", `folders could not be read: ${String(error)}`));
    });
  }
}
