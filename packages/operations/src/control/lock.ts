import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { AlreadyRunningError } from "../error.ts";
import { readJsonFile } from "../owner-file.ts";
import { isAlive, processStartTime } from "./process-identity.ts";

interface Holder {
  pid: number;
  /** Kernel start time where it can be known: a reused pid is never mistaken for a collector. */
  start_time: string | null;
}

/** Takes the data directory's lock and returns the function that gives it back. Throws `AlreadyRunningError` when a living collector holds it. */
export function takeLock(file: string, addressFile: string): () => void {
  const mine = JSON.stringify({ pid: process.pid, start_time: processStartTime(process.pid) } satisfies Holder);
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, `${mine}\n`, { mode: 0o600 });
  try {
    for (;;) {
      if (tryLink(draft, file)) return () => rmSync(file, { force: true });
      const holder = lockHolder(file);
      if (holder !== null) throw new AlreadyRunningError(holder, socketOf(addressFile));
      removeStale(file, draft);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The pid that holds the lock and lives, or `null`. */
export function lockHolder(file: string): number | null {
  const holder = readHolder(readQuietly(file));
  return holder !== null && isAlive(holder.pid, holder.start_time) ? holder.pid : null;
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes a lock whose holder is dead. Only under a lock of its own: judged by one starter, the file may be another's
 *  living lock by the time it is removed. Whoever finds that one held tries again, soon enough with a living holder. */
function removeStale(file: string, draft: string): void {
  const judging = `${file}.judging`;
  if (!tryLink(draft, judging)) {
    if (isStale(judging)) rmSync(judging, { force: true });
    return;
  }
  try {
    if (isStale(file)) rmSync(file, { force: true });
  } finally {
    rmSync(judging, { force: true });
  }
}

/** There, and nobody alive behind it; a lock that has just gone is not stale. */
function isStale(file: string): boolean {
  return readQuietly(file) !== null && lockHolder(file) === null;
}

function readQuietly(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

function readHolder(content: string | null): Holder | null {
  if (content === null) return null;
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value !== "object" || value === null || !("pid" in value) || typeof value.pid !== "number") return null;
    const startTime = "start_time" in value && typeof value.start_time === "string" ? value.start_time : null;
    return { pid: value.pid, start_time: startTime };
  } catch {
    return null;
  }
}

function socketOf(addressFile: string): string | null {
  const address = readJsonFile(addressFile);
  return typeof address === "object" && address !== null && "socket" in address && typeof address.socket === "string"
    ? address.socket
    : null;
}
