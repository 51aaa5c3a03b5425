/** Tells when one of a few files was changed, replaced, deleted or brought back. */
import { existsSync, realpathSync } from "node:fs";
import { dirname, normalize } from "node:path";
import type { Clock } from "@mimolo/supervisor";

/** An editor writes in several steps; this long after the last one the file is taken for whole. */
const QUIET_MS = 200;

export interface FileWatch {
  close(): Promise<void>;
}

/** Watches the folders of `files`, nothing below them, so that a file that is replaced by rename is not lost. `changed` is
 *  called once things are quiet; `failed` when the machine allows no more watching. */
export async function watchFiles(
  files: readonly string[],
  hooks: { clock: Clock; changed(): void; failed(error: unknown): void },
): Promise<FileWatch> {
  // Loaded only by those who watch.
  const { watch } = await import("chokidar");
  const wanted = new Set(files.flatMap((file) => (existsSync(file) ? [file, realpathSync(file)] : [file])));
  const folders = new Set([...wanted].map((file) => dirname(file)).filter((folder) => existsSync(folder)));
  let waiting = new AbortController();
  const watcher = watch([...folders], {
    depth: 0,
    ignoreInitial: true,
    // On Windows, too, it asks with "/" between names.
    ignored: (path) => !wanted.has(normalize(path)) && !folders.has(normalize(path)),
  });
  watcher.on("all", (_event, path) => {
    if (!wanted.has(path)) return;
    waiting.abort();
    waiting = new AbortController();
    hooks.clock.after(QUIET_MS, () => hooks.changed(), waiting.signal);
  });
  watcher.on("error", (error) => hooks.failed(error));
  await new Promise<void>((resolve) => void watcher.once("ready", () => resolve()));
  return {
    close: async () => {
      waiting.abort();
      await watcher.close();
    },
  };
}
