// The spool's folder on a disk. Synchronous: a line is in its file before it is in the pipe, and an agent writes one a minute.
import type { SpoolStore } from "./spool-store.ts";

/** The store in `folder`. Costs nothing before it is used. */
export function nodeSpoolStore(folder: string): SpoolStore {
  const fs = process.getBuiltinModule("node:fs");
  const path = (name: string) => `${folder}/${name}`;
  /** Open between two appends to one file, and closed with every other call: a folder that was deleted or replaced meanwhile
   *  is noticed then. */
  let open: { readonly name: string; readonly descriptor: number } | null = null;
  const close = () => {
    if (open !== null) fs.closeSync(open.descriptor);
    open = null;
  };
  const descriptorOf = (name: string) => {
    if (open?.name === name) return open.descriptor;
    close();
    let descriptor: number;
    try {
      descriptor = fs.openSync(path(name), "a", 0o600);
    } catch (error) {
      if (!isMissing(error)) throw error;
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      descriptor = fs.openSync(path(name), "a", 0o600);
    }
    open = { name, descriptor };
    return descriptor;
  };
  return {
    list() {
      // Almost every start finds no folder, and an exception costs more than the question.
      if (!fs.existsSync(folder)) return [];
      return fs.readdirSync(folder).map((name) => ({ name, bytes: fs.statSync(path(name)).size }));
    },
    read(name, from) {
      if (!fs.existsSync(path(name))) return "";
      const descriptor = fs.openSync(path(name), "r");
      try {
        const bytes = Buffer.allocUnsafeSlow(Math.max(0, fs.fstatSync(descriptor).size - from));
        return bytes.toString("utf8", 0, fs.readSync(descriptor, bytes, 0, bytes.length, from));
      } finally {
        fs.closeSync(descriptor);
      }
    },
    append(name, text) {
      const bytes = Buffer.from(text);
      const descriptor = descriptorOf(name);
      let written = 0;
      try {
        while (written < bytes.length) written += fs.writeSync(descriptor, bytes, written);
        return written;
      } catch (error) {
        if (written > 0) fs.ftruncateSync(descriptor, fs.fstatSync(descriptor).size - written);
        throw error;
      }
    },
    renew(name, newName) {
      close();
      fs.renameSync(path(name), path(newName));
      fs.truncateSync(path(newName));
    },
    remove(name) {
      close();
      fs.rmSync(path(name), { force: true });
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
