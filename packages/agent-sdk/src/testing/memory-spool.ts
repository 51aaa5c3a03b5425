// A spool's folder in memory, with a disk that fails when told to.
import type { SpoolStore } from "../spool-store.ts";

export interface MemorySpool extends SpoolStore {
  /** What is on the disk, by file name. It outlives the agent, so the next run finds it. */
  readonly files: Map<string, Buffer>;
  /** While this is set, nothing can be written, and it is what is thrown. */
  fault: Error | null;
  /** What the agent's next run would still have: its lines on disk. */
  lines(): string[];
}

export function memorySpool(): MemorySpool {
  const files = new Map<string, Buffer>();
  const written = (): Map<string, Buffer> => {
    if (spool.fault !== null) throw spool.fault;
    return files;
  };
  const find = (name: string): Buffer => {
    const file = files.get(name);
    if (file === undefined) throw new Error(`ENOENT: no such file, ${name}`);
    return file;
  };
  const spool: MemorySpool = {
    files,
    fault: null,
    lines: () => [...files.values()].flatMap((file) => file.toString().split("\n")).filter((line) => line !== ""),
    list: () => [...files].map(([name, { length: bytes }]) => ({ name, bytes })),
    read: (name, from) => files.get(name)?.subarray(from).toString() ?? "",
    append(name, text) {
      const bytes = Buffer.from(text);
      written().set(name, Buffer.concat([files.get(name) ?? Buffer.alloc(0), bytes]));
      return bytes.length;
    },
    renew(name, newName) {
      find(name);
      written().delete(name);
      files.set(newName, Buffer.alloc(0));
    },
    remove: (name) => void written().delete(name),
  };
  return spool;
}
