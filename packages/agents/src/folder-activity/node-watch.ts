// The operating system's own notice of changes in one folder.
import { watch } from "node:fs";

/** What a watched folder tells: a name in it changed (null: some name did), or it can be watched no longer. */
export interface WatchListener {
  changed(name: string | null): void;
  failed(): void;
}

/** Watches one folder, not what is below it; returns how to stop. Throws what the system throws (`ENOSPC`, `ENOENT`). */
export type Watch = (folder: string, listener: WatchListener) => () => void;

/** `fs.watch` without recursion; keeps no process alive. */
export const nodeWatch: Watch = (folder, listener) => {
  const watcher = watch(folder, { persistent: false, recursive: false }, (_event, name) => listener.changed(name));
  watcher.on("error", () => listener.failed());
  return () => watcher.close();
};
