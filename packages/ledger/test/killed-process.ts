import type { FileSystem, OpenFile } from "../src/index.ts";

/** The disk as one process sees it: once that is killed, nothing it was about to do happens any more. */
export function untilKilled(disk: FileSystem, killed: AbortSignal): FileSystem {
  const alive =
    <Given extends unknown[], Value>(work: (...given: Given) => Promise<Value>) =>
    (...given: Given): Promise<Value> =>
      killed.aborted ? new Promise(() => {}) : work(...given);
  const ofFile = (file: OpenFile): OpenFile => ({
    size: alive(() => file.size()),
    read: alive((into, position) => file.read(into, position)),
    write: alive((chunks, position) => file.write(chunks, position)),
    sync: alive(() => file.sync()),
    truncate: alive((length) => file.truncate(length)),
    close: alive(() => file.close()),
  });
  return {
    makeFolder: alive((path) => disk.makeFolder(path)),
    list: alive((path) => disk.list(path)),
    open: alive(async (path, mode) => ofFile(await disk.open(path, mode))),
    replace: alive((path, bytes) => disk.replace(path, bytes)),
    remove: alive((path) => disk.remove(path)),
    syncFolder: alive((path) => disk.syncFolder(path)),
  };
}
