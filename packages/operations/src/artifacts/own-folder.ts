import { closeSync, constants, existsSync, fstatSync, lstatSync, openSync, unlinkSync } from "node:fs";
import { join } from "node:path";

const DIRECTORY = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0);
/** A pipe put in the place of a file does not hold us up. */
const FILE = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const OPEN_FOLDERS = "/proc/self/fd";

/** A file of an agent: its own folder, and what lies where below it. */
export interface OwnPlace {
  readonly pluginId: string;
  readonly instanceId: string;
  readonly relPath: string;
}

/** Files of agents, reached from `agentsRoot` folder by folder and through no link: an agent that may write nowhere but in its own
 *  folder cannot make the collector read or delete what lies elsewhere, not even by swapping folders meanwhile (on Linux; other
 *  systems are asked again after each step). */
export class OwnFolders {
  readonly #root: string;
  readonly #walksOpen: boolean;

  constructor(agentsRoot: string) {
    this.#root = agentsRoot;
    this.#walksOpen = process.platform === "linux" && existsSync(OPEN_FOLDERS);
  }

  /** Bytes of a regular file; `null`: there is none. */
  sizeOf(place: OwnPlace): number | null {
    return this.#at(place, (path) => {
      const stats = lstatSync(path);
      return stats.isFile() ? stats.size : null;
    });
  }

  /** An open regular file, for reading and to be closed; `null`: there is none. */
  open(place: OwnPlace): { readonly descriptor: number; readonly size: number } | null {
    return this.#at(place, (path) => {
      const descriptor = openSync(path, FILE);
      const stats = fstatSync(descriptor);
      if (stats.isFile()) return { descriptor, size: stats.size };
      closeSync(descriptor);
      return null;
    });
  }

  /** Deletes a regular file; whether there was one. Throws what the system says of one that stays. */
  remove(place: OwnPlace): boolean {
    const removed = this.#at(place, (path) => {
      if (!lstatSync(path).isFile()) return null;
      unlinkSync(path);
      return true;
    });
    return removed ?? false;
  }

  #at<Result>({ pluginId, instanceId, relPath }: OwnPlace, use: (path: string) => Result | null): Result | null {
    const steps = ["agents", pluginId, instanceId, ...stepsOf(relPath)];
    const name = steps.pop();
    if (name === undefined || steps.length < 3 || [...steps, name].includes("..")) return null;
    try {
      return this.#walksOpen ? this.#walk(steps, name, use) : this.#look(steps, name, use);
    } catch (error) {
      if (nothingThere.has((error as NodeJS.ErrnoException).code ?? "")) return null;
      throw error;
    }
  }

  #walk<Result>(steps: readonly string[], name: string, use: (path: string) => Result): Result {
    let folder = openSync(this.#root, DIRECTORY);
    try {
      for (const step of steps) {
        const next = openSync(`${OPEN_FOLDERS}/${folder}/${step}`, DIRECTORY);
        closeSync(folder);
        folder = next;
      }
      return use(`${OPEN_FOLDERS}/${folder}/${name}`);
    } finally {
      closeSync(folder);
    }
  }

  #look<Result>(steps: readonly string[], name: string, use: (path: string) => Result): Result | null {
    let folder = this.#root;
    for (const step of steps) {
      folder = join(folder, step);
      if (!lstatSync(folder).isDirectory()) return null;
    }
    const path = join(folder, name);
    return lstatSync(path).isFile() ? use(path) : null;
  }
}

/** The same for two paths of an agent that lead to the same file. */
export function fileName(relPath: string): string {
  const path = stepsOf(relPath).join("/");
  // Elsewhere most disks tell names apart by neither case nor the way an accent is written.
  return process.platform === "linux" ? path : path.normalize("NFC").toLowerCase();
}

function stepsOf(relPath: string): string[] {
  const steps = relPath.split(process.platform === "win32" ? /[/\\]/ : "/");
  return steps.filter((step) => step !== "" && step !== ".");
}

/** No such file, a file or link in the place of a folder, a link in the place of the file. */
const nothingThere: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "ELOOP", "ENXIO", "EMLINK", "ENAMETOOLONG"]);
