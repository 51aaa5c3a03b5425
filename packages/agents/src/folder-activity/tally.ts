// What changed in one window, in bounded memory: counts are exact, lists are samples.
import { dirname, extname } from "node:path";
import type { Change } from "./changes.ts";

/** How many files were created, modified, deleted and renamed; `total` is their sum. */
export interface Counts {
  readonly created: number;
  readonly modified: number;
  readonly deleted: number;
  readonly renamed: number;
  readonly total: number;
}

/** What `Tally.take` hands over. Folders and extensions come busiest first. */
export interface TallyReport {
  readonly counts: Counts;
  readonly folders: readonly string[];
  readonly topExtensions: readonly { readonly ext: string; readonly count: number }[];
  readonly pathSamples: readonly string[];
  readonly droppedEvents: number;
}

const FOLDERS_REPORTED = 20;
const EXTENSIONS_REPORTED = 10;
const KEYS_KEPT = 2_000;
const PATHS_REMEMBERED = 20_000;
/** A summary has to fit into one 64 KiB line, however long the paths are. */
const LIST_BYTES = 16_384;

/** Counts changes until they are taken. */
export class Tally {
  readonly #sampleLimit: number;
  #counts = { created: 0, modified: 0, deleted: 0, renamed: 0 };
  #folders = new Map<string, number>();
  #extensions = new Map<string, number>();
  #samples = new Set<string>();
  #created = new Set<string>();
  #droppedEvents = 0;

  constructor(options: { readonly sampleLimit: number }) {
    this.#sampleLimit = options.sampleLimit;
  }

  /** Changes counted since the last `take`. */
  get total(): number {
    const { created, modified, deleted, renamed } = this.#counts;
    return created + modified + deleted + renamed;
  }

  /** The same by kind. */
  get counts(): Counts {
    return { ...this.#counts, total: this.total };
  }

  add(changes: readonly Change[], droppedEvents = 0): void {
    this.#droppedEvents += droppedEvents;
    for (const change of changes) this.#count(change);
  }

  /** The window's report; the next window starts empty. */
  take(): TallyReport {
    const report: TallyReport = {
      counts: this.counts,
      folders: within(
        LIST_BYTES,
        busiest(this.#folders, FOLDERS_REPORTED).map(([folder]) => folder),
      ),
      topExtensions: busiest(this.#extensions, EXTENSIONS_REPORTED).map(([ext, count]) => ({ ext, count })),
      pathSamples: within(LIST_BYTES, [...this.#samples]),
      droppedEvents: this.#droppedEvents,
    };
    this.#counts = { created: 0, modified: 0, deleted: 0, renamed: 0 };
    this.#folders = new Map();
    this.#extensions = new Map();
    this.#samples = new Set();
    this.#created = new Set();
    this.#droppedEvents = 0;
    return report;
  }

  #count(change: Change): void {
    // The temporary file of an atomic save may have been seen, and counted, on its own a moment before.
    if (change.kind === "modified" && change.consumed !== undefined && this.#created.delete(change.consumed)) {
      this.#counts.created -= 1;
      this.#samples.delete(change.consumed);
    }
    if (change.kind === "created" && this.#created.size < PATHS_REMEMBERED) this.#created.add(change.path);
    this.#counts[change.kind] += 1;
    raise(this.#folders, dirname(change.path));
    const ext = extname(change.path).toLowerCase();
    if (ext !== "") raise(this.#extensions, ext);
    if (this.#samples.size < this.#sampleLimit) this.#samples.add(change.path);
  }
}

function raise(counts: Map<string, number>, key: string): void {
  const count = counts.get(key);
  if (count !== undefined || counts.size < KEYS_KEPT) counts.set(key, (count ?? 0) + 1);
}

function busiest(counts: ReadonlyMap<string, number>, limit: number): [string, number][] {
  return [...counts].toSorted((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).slice(0, limit);
}

function within(limitBytes: number, texts: readonly string[]): string[] {
  let bytes = 0;
  return texts.filter((text) => (bytes += Buffer.byteLength(JSON.stringify(text)) + 1) <= limitBytes);
}
