import { dirname, normalize } from "node:path";
import { isIn, isOfAgent, type Watched } from "./watched.ts";

export interface SaveWatch {
  close(): Promise<void>;
}

/** Tells of every saved, new or removed file of the agent. Resolves once nothing is missed any more; `failed` when the machine allows
 *  no more watching. */
export async function watchSaves(
  watched: Watched,
  hooks: { saved(path: string): void; failed(why: string): void },
): Promise<SaveWatch> {
  // Loaded only by those who watch.
  const { watch } = await import("chokidar");
  const roots = new Set([...watched.files.map((file) => dirname(file)), ...watched.folders.map(({ path }) => path)]);
  const watcher = watch([...roots], {
    ignoreInitial: true,
    followSymlinks: false,
    // On Windows, too, it asks with "/" between names.
    ignored: (asked, stats) => {
      const path = normalize(asked);
      if (roots.has(path) || watched.files.includes(path)) return false;
      if (stats?.isFile() === true) return !isOfAgent(path, watched);
      return !watched.folders.some((folder) => isIn(path, folder));
    },
  });
  watcher.on("all", (event, path) => {
    if (event !== "addDir" && event !== "unlinkDir" && isOfAgent(path, watched)) hooks.saved(path);
  });
  watcher.on("error", (error) => hooks.failed(error instanceof Error ? error.message : String(error)));
  await new Promise<void>((resolve) => void watcher.once("ready", () => resolve()));
  return { close: () => watcher.close() };
}
