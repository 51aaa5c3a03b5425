// One at a time in a registry's folder, which may lie on a share that several machines write to.
import { randomBytes } from "node:crypto";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { PackageError } from "../package/package-error.ts";

const LOOK_AGAIN_MS = 20;
/** Nobody writes an index for that long: whoever holds it still was cut off. */
const STALE_MS = 60_000;
/** Nor does anybody need that long from making the file to saying in it whose it is. */
const NAMELESS_MS = 5000;

/** Runs `use` while nobody else is at the registry; a publisher that died is passed over. `isOurs` says whether it still is our
 *  turn, after a sleep of the machine, say. Throws PackageError `registry-busy` after `patienceMs`. */
export async function inTurn<Result>(
  folder: string,
  patienceMs: number,
  use: (isOurs: () => boolean) => Promise<Result>,
): Promise<Result> {
  const lock = join(folder, ".publishing");
  const mine = JSON.stringify({ host: hostname(), pid: process.pid, turn: randomBytes(8).toString("hex") });
  const isOurs = () => contentOf(lock) === mine;
  for (let waitedMs = 0; !tryWrite(lock, mine); waitedMs += LOOK_AGAIN_MS) {
    if (waitedMs >= patienceMs) {
      const help = "try again; if nobody is publishing, remove that file";
      throw new PackageError("registry-busy", `somebody else publishes there now (${lock}); ${help}`);
    }
    removeStale(lock, mine);
    await setTimeout(LOOK_AGAIN_MS);
  }
  try {
    return await use(isOurs);
  } finally {
    if (isOurs()) rmSync(lock, { force: true });
  }
}

/** False where it is there already. */
function tryWrite(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Windows says so of a file that is just going away.
    if (code === "EEXIST" || (process.platform === "win32" && code === "EPERM")) return false;
    throw error;
  }
}

/** Only under a lock of its own: judged by one, the file may be another's by the time it is removed. */
function removeStale(lock: string, mine: string): void {
  const judging = `${lock}.judging`;
  if (!tryWrite(judging, mine)) {
    if (ageMs(judging) > STALE_MS) rmSync(judging, { force: true });
    return;
  }
  try {
    // Both by the clock of the disk they lie on, not ours.
    const heldSince = timeOf(lock);
    if (heldSince === 0) return;
    const heldMs = timeOf(judging) - heldSince;
    const holder = holderIn(lock);
    if (heldMs > (holder === null ? NAMELESS_MS : STALE_MS) || (holder !== null && isDead(holder))) {
      rmSync(lock, { force: true });
    }
  } finally {
    rmSync(judging, { force: true });
  }
}

/** Null for a lock that is being written, was cut off in it, or has just gone. */
function holderIn(lock: string): { readonly host?: unknown; readonly pid?: unknown } | null {
  try {
    return JSON.parse(contentOf(lock) ?? "") as { readonly host?: unknown; readonly pid?: unknown };
  } catch {
    return null;
  }
}

/** Of another machine nobody knows it here. */
function isDead({ host, pid }: { readonly host?: unknown; readonly pid?: unknown }): boolean {
  return host === hostname() && typeof pid === "number" && !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function contentOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function timeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function ageMs(path: string): number {
  const at = timeOf(path);
  return at === 0 ? 0 : Date.now() - at;
}
