import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { readStatLine, type StatLine } from "./stat-line.ts";

/** When the system's own limit cannot be learnt. */
const KEPT_AT_MOST = 256;
/** A name of 64 bytes and 51 numbers of 20 digits. */
const LONGEST_LINE = 2_048;

/** One process as the reader keeps it: with a descriptor, or -1 when there were too many. */
export interface StatHandle {
  readonly pid: number;
  fd: number;
}

/** Reads `/proc/<pid>/stat` again and again, from kept descriptors: a quarter of the price of opening it anew. A kept one goes
 *  stale with its process, so that a pid that was used again is never taken for the old one. */
export class StatReader {
  readonly #root: string;
  readonly #buffer = new Uint8Array(LONGEST_LINE);
  #room: number;

  /** Keeps at most a quarter of the descriptors this process may have. */
  constructor(root: string, keptAtMost = quarterOfOurs(root)) {
    this.#root = root;
    this.#room = keptAtMost;
  }

  /** Reads a process not yet kept; null when there is none. */
  open(pid: number, into: StatLine): StatHandle | null {
    const fd = this.#open(pid);
    if (fd === null) return null;
    if (!this.#read(fd, into)) {
      closeSync(fd);
      return null;
    }
    if (this.#room <= 0) {
      closeSync(fd);
      return { pid, fd: -1 };
    }
    this.#room--;
    return { pid, fd };
  }

  /** Reads a process again; false when it is gone. Without a descriptor it may be another one: compare `startTicks`. */
  read(handle: StatHandle, into: StatLine): boolean {
    if (handle.fd !== -1) return this.#read(handle.fd, into);
    const fd = this.#open(handle.pid);
    if (fd === null) return false;
    const found = this.#read(fd, into);
    closeSync(fd);
    return found;
  }

  /** Lets go of its descriptor. */
  close(handle: StatHandle): void {
    if (handle.fd === -1) return;
    closeSync(handle.fd);
    handle.fd = -1;
    this.#room++;
  }

  #open(pid: number): number | null {
    try {
      return openSync(join(this.#root, String(pid), "stat"), "r");
    } catch (error) {
      // None left for anybody: keep no more from now on, what is kept goes with its processes.
      if (error instanceof Error && "code" in error && (error.code === "EMFILE" || error.code === "ENFILE")) {
        this.#room = Math.min(this.#room, 0);
      }
      return null;
    }
  }

  #read(fd: number, into: StatLine): boolean {
    try {
      return readStatLine(this.#buffer, readSync(fd, this.#buffer, 0, LONGEST_LINE, 0), into);
    } catch {
      return false;
    }
  }
}

function quarterOfOurs(root: string): number {
  try {
    const limits = readFileSync(join(root, "self/limits"), "latin1");
    const soft = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Number.NaN);
    return Number.isNaN(soft) ? KEPT_AT_MOST : Math.floor(soft / 4);
  } catch {
    return KEPT_AT_MOST;
  }
}
