import { setTimeout } from "node:timers/promises";
import type { DataDirectory } from "../data-directory.ts";
import { AlreadyRunningError } from "../error.ts";
import { readJsonFile } from "../owner-file.ts";
import { takeLock } from "./lock.ts";

const LOOK_AGAIN_MS = 25;

/** Takes the lock, and waits for a holder that is no collector: a command gives it back soon. A collector keeps it and says
 *  where it listens; beside one this throws `AlreadyRunningError` at once, after `patienceMs` in any case. */
export async function awaitedLock(directory: DataDirectory, patienceMs: number): Promise<() => void> {
  for (let waitedMs = 0; ; waitedMs += LOOK_AGAIN_MS) {
    try {
      return takeLock(directory.lock, directory.address);
    } catch (error) {
      if (!(error instanceof AlreadyRunningError) || waitedMs >= patienceMs) throw error;
      if (listens(error.pid, directory)) throw error;
      await setTimeout(LOOK_AGAIN_MS);
    }
  }
}

/** Whether the address is this process', and not one that a dead collector left. */
function listens(pid: number, directory: DataDirectory): boolean {
  const address = readJsonFile(directory.address);
  return typeof address === "object" && address !== null && "pid" in address && address.pid === pid;
}
