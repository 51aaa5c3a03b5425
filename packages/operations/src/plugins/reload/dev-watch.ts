// Sees when somebody saves a file of a plugin that runs from where it is written.
import * as paths from "node:path";
import type { Clock } from "@mimolo/supervisor";
import { isAside } from "./copy-folder.ts";
import type { DevFolders } from "./dev-folders.ts";

/** An editor writes in several steps, and whoever saves one file often saves another. */
const QUIET_MS = 300;
/** A plugin that writes into its own folder would start itself anew for ever. */
const MOST_PER_MINUTE = 8;

export interface DevWatchParts {
  readonly dev: Pick<DevFolders, "folders" | "isEdited">;
  readonly clock: Clock;
  /** Rejects when the edit was not taken; whoever reloads says why. */
  reload(pluginId: string): Promise<unknown>;
  say(message: string): void;
}

interface Watched {
  waiting: AbortController;
  readonly close: () => Promise<void>;
  /** When it was reloaded, in the last minute. */
  reloadedMs: number[];
}

export class DevWatch {
  readonly #parts: DevWatchParts;
  readonly #watched = new Map<string, Watched>();
  #starting: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(parts: DevWatchParts) {
    this.#parts = parts;
  }

  /** Watches the folders that are not watched yet. Returns at once; what cannot be watched is said. */
  follow(): void {
    for (const [id, folder] of this.#parts.dev.folders) {
      if (this.#watched.has(id)) continue;
      const close = this.#watch(id, folder);
      this.#watched.set(id, { waiting: new AbortController(), close, reloadedMs: [] });
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const all = [...this.#watched.values()];
    for (const { waiting } of all) waiting.abort();
    await this.#starting;
    await Promise.all(all.map(({ close }) => close()));
  }

  #watch(id: string, folder: string): () => Promise<void> {
    const failed = (error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      this.#parts.say(`edits of ${id} are not seen by themselves (${why}); after one: mimolo plugin reload ${id}`);
    };
    // Loaded only by those who watch.
    const watching = import("chokidar").then(({ watch }) => {
      const watcher = watch(folder, {
        ignoreInitial: true,
        followSymlinks: false,
        ignored: (path) => isPassedOver(path, folder),
      });
      watcher.on("all", (_event, path) => this.#touched(id, path));
      // What was saved before the watch stood.
      watcher.on("ready", () => this.#touched(id, folder));
      watcher.on("error", failed);
      return watcher;
    });
    this.#starting = Promise.all([this.#starting, watching.catch(failed)]);
    return () => watching.then((watcher) => watcher.close()).catch(() => undefined);
  }

  #touched(id: string, path: string): void {
    const watched = this.#watched.get(id);
    if (watched === undefined || this.#closed) return;
    const { clock } = this.#parts;
    watched.waiting.abort();
    watched.waiting = new AbortController();
    const now = clock.ticksMs();
    watched.reloadedMs = watched.reloadedMs.filter((atMs) => now - atMs < 60_000);
    const [oldestMs = now] = watched.reloadedMs;
    const tooMany = watched.reloadedMs.length >= MOST_PER_MINUTE;
    if (tooMany && watched.reloadedMs.length === MOST_PER_MINUTE) {
      watched.reloadedMs.push(now);
      this.#parts.say(`${path} changes all the time: ${id} is reloaded no more than ${MOST_PER_MINUTE} times a minute`);
    }
    const delayMs = tooMany ? oldestMs + 60_000 - now : QUIET_MS;
    clock.after(delayMs, () => this.#quiet(id, watched), watched.waiting.signal);
  }

  #quiet(id: string, watched: Watched): void {
    if (this.#closed || !this.#parts.dev.isEdited(id)) return;
    watched.reloadedMs.push(this.#parts.clock.ticksMs());
    void this.#parts.reload(id).catch(() => undefined);
  }
}

/** Whether a change at this path in the folder says nothing about the plugin. On Windows, too, the watcher asks with "/" between
 *  names. */
export function isPassedOver(path: string, folder: string, { relative, sep }: paths.PlatformPath = paths): boolean {
  return relative(folder, path)
    .split(sep)
    .some((name) => name !== "" && isAside(name));
}
