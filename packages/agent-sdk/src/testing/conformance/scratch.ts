// A folder for what is played, which goes however this process ends in order: by itself, by an error nobody caught, by `exit`.
// Killed, or ended by a signal that it does not hear, it leaves the folder to the next one that makes such a folder.
import { rmSync } from "node:fs";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PREFIX = "mimolo-conform-";
const OURS = /^mimolo-conform-(\d+)-/;
/** Somebody whom this machine does not show, in a container that shares the folder, may still work in a younger one. */
const LEFT_FOR_MS = 3_600_000;

export interface Scratch {
  readonly folder: string;
  /** Takes it away; what cannot be removed now is tried once more when the process ends. */
  remove(): Promise<void>;
}

/** What is to be done before the folder goes when the process ends meanwhile, by folder. */
const open = new Map<string, () => void>();
let hasSwept = false;

/** `end` is called where the process ends before `remove`: without waiting, whatever still works there is to be ended. */
export async function makeScratch(end: () => void): Promise<Scratch> {
  if (!hasSwept) {
    hasSwept = true;
    await sweep(tmpdir(), Date.now());
  }
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  if (open.size === 0) process.on("exit", removeAll);
  open.set(folder, end);
  return { folder, remove: () => removed(folder) };
}

/** Removes what processes that are gone have left behind an hour ago or before. */
export async function sweep(temporary: string, nowMs: number): Promise<void> {
  for (const name of await readdir(temporary).catch(() => [])) {
    const pid = OURS.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const folder = join(temporary, name);
    const { mtimeMs = nowMs } = (await stat(folder).catch(() => null)) ?? {};
    if (nowMs - mtimeMs > LEFT_FOR_MS) await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

async function removed(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    open.delete(folder);
  } catch {
    open.set(folder, () => {});
  }
  if (open.size === 0) process.off("exit", removeAll);
}

function removeAll(): void {
  for (const [folder, end] of open) {
    end();
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
    } catch {
      // The next one finds it.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
