import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
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
      const content = readQuietly(file);
      const holder = readHolder(content);
      if (holder !== null && isAlive(holder.pid, holder.start_time)) {
        throw new AlreadyRunningError(holder.pid, socketOf(addressFile));
      }
      takeAway(file, content);
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

/** Moves the stale lock aside; if another starter replaced it meanwhile, its lock is put back. */
function takeAway(file: string, judged: string | null): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (readQuietly(aside) !== judged) tryLink(aside, file);
  rmSync(aside, { force: true });
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
