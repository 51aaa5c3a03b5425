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

/** `unread`: no descriptor was to be had for it; it may well live. */
export type StatAnswer = "read" | "gone" | "unread";

/** Reads `/proc/<pid>/stat` again and again, from kept descriptors: a quarter of the price of opening it anew. A kept one goes
 *  stale with its process, so that a pid that was used again is never taken for the old one. */
export class StatReader {
  readonly #root: string;
  readonly #buffer = new Uint8Array(LONGEST_LINE);
  readonly #kept = new Set<StatHandle>();
  #keptAtMost: number;

  /** Keeps at most a quarter of the descriptors this process may have. */
  constructor(root: string, keptAtMost = quarterOfOurs(root)) {
    this.#root = root;
    this.#keptAtMost = keptAtMost;
  }

  /** Reads a process not yet kept; null when there is none. */
  open(pid: number, into: StatLine): StatHandle | null {
    const fd = this.#open(pid);
    if (typeof fd === "string") return null;
    const handle = { pid, fd };
    if (!this.#read(fd, into)) {
      closeSync(fd);
      return null;
    }
    if (this.#kept.size < this.#keptAtMost) {
      this.#kept.add(handle);
    } else {
      closeSync(fd);
      handle.fd = -1;
    }
    return handle;
  }

  /** Reads a process again. Without a descriptor it may be another one: compare `startTicks`. */
  read(handle: StatHandle, into: StatLine): StatAnswer {
    if (handle.fd !== -1) return this.#read(handle.fd, into) ? "read" : "gone";
    const fd = this.#open(handle.pid);
    if (typeof fd === "string") return fd;
    const found = this.#read(fd, into);
    closeSync(fd);
    return found ? "read" : "gone";
  }

  /** Lets go of its descriptor. */
  close(handle: StatHandle): void {
    if (handle.fd === -1) return;
    closeSync(handle.fd);
    handle.fd = -1;
    this.#kept.delete(handle);
  }

  #open(pid: number): number | "gone" | "unread" {
    const file = join(this.#root, String(pid), "stat");
    const first = tryOpen(file);
    if (first !== "unread" || this.#kept.size === 0) return first;
    // None left for anybody, those who spawn agents included: half of ours go, and no more are kept than that.
    this.#keptAtMost = Math.floor(this.#kept.size / 2);
    for (const handle of [...this.#kept].slice(this.#keptAtMost)) this.close(handle);
    return tryOpen(file);
  }

  #read(fd: number, into: StatLine): boolean {
    try {
      return readStatLine(this.#buffer, readSync(fd, this.#buffer, 0, LONGEST_LINE, 0), into);
    } catch {
      return false;
    }
  }
}

function tryOpen(file: string): number | "gone" | "unread" {
  try {
    return openSync(file, "r");
  } catch (error) {
    const scarce = error instanceof Error && "code" in error && (error.code === "EMFILE" || error.code === "ENFILE");
    return scarce ? "unread" : "gone";
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
