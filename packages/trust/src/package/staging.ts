// A folder that a package is written to before it counts: nothing there is followed, nothing overwritten, nothing outside
// of it touched.
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, lstat, mkdir, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { PackageFile } from "@mimolo/protocol";
import { parentsOf } from "./check-folder.ts";
import { shown } from "./entry-name.ts";
import { PackageError } from "./package-error.ts";

/** Fails where anything is, a link included. */
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/** Takes in files by names that were judged before. */
export class Staging {
  readonly #root: string;
  readonly #folders = new Set<string>();

  private constructor(root: string) {
    this.#root = root;
  }

  /** Makes `root`, or takes it when it is an empty folder. Throws PackageError for anything else there. */
  static async begin(root: string): Promise<Staging> {
    try {
      await mkdir(root, { mode: 0o700 });
    } catch (cause) {
      const isThere = (cause as NodeJS.ErrnoException).code === "EEXIST";
      const stats = isThere ? await lstat(root) : null;
      if (stats === null) throw new PackageError("staging-failed", `${root} cannot be made`, { cause });
      if (!stats.isDirectory() || (await readdir(root)).length > 0) {
        throw new PackageError("staging-not-empty", `${root} is not an empty folder`, { cause });
      }
    }
    return new Staging(root);
  }

  /** Writes one file while hashing it. False: its bytes are not those of `sha256`. */
  async write(name: string, chunks: AsyncIterable<Uint8Array>, { sha256, exec }: PackageFile): Promise<boolean> {
    await this.#makeParents(name);
    const hash = createHash("sha256");
    await this.#writeNew(name, exec === true ? 0o555 : 0o444, async (file) => {
      for await (const chunk of chunks) {
        hash.update(chunk);
        await file.writeFile(chunk);
      }
    });
    return hash.digest("hex") === sha256;
  }

  async writeWhole(name: string, bytes: Uint8Array): Promise<void> {
    await this.#writeNew(name, 0o444, (file) => file.writeFile(bytes));
  }

  /** Flushes the folders, so that the names are on the disk like the bytes. */
  async finish(): Promise<void> {
    for (const folder of ["", ...this.#folders]) await flushFolder(join(this.#root, folder));
  }

  /** Takes everything away again. */
  async abandon(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }

  async #makeParents(name: string): Promise<void> {
    for (const folder of parentsOf(name)) {
      if (this.#folders.has(folder)) continue;
      await this.#guard(folder, () => mkdir(join(this.#root, folder), { mode: 0o755 }));
      this.#folders.add(folder);
    }
  }

  async #writeNew(name: string, mode: number, write: (file: FileHandle) => Promise<void>): Promise<void> {
    const file = await this.#guard(name, () => open(join(this.#root, name), NEW_FILE, 0o600));
    try {
      await write(file);
      await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async #guard<Made>(name: string, make: () => Promise<Made>): Promise<Made> {
    try {
      return await make();
    } catch (cause) {
      throw new PackageError("staging-failed", `${shown(name)} cannot be written: ${(cause as Error).message}`, {
        cause,
      });
    }
  }
}

/** Windows has no handles of folders to flush. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
