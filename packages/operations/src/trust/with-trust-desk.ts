import { setTimeout } from "node:timers/promises";
import type { FileSystem } from "@mimolo/ledger";
import { type Clock, systemClock } from "@mimolo/supervisor";
import { takeLock } from "../control/lock.ts";
import { type DataDirectory, dataDirectory, makeDataDirectory } from "../data-directory.ts";
import { AlreadyRunningError } from "../error.ts";
import { readJsonFile } from "../owner-file.ts";
import { version } from "../version.ts";
import { AuditLog } from "./audit-log.ts";
import { collectorKey } from "./collector-key.ts";
import { Desk } from "./desk.ts";
import { clearStaging } from "./staging.ts";
import type { TrustDesk } from "./trust-desk.ts";

/** How long one command waits for another that holds the data directory. */
const PATIENCE_MS = 5_000;
const LOOK_AGAIN_MS = 25;

export interface TrustDeskOptions {
  /** `[trust] auto_grant_low`, looked up when it matters; default true. */
  readonly autoGrantLow?: () => boolean;
  readonly clock?: Clock;
  /** What the audit ledger is written through. Default: the system's files. */
  readonly fileSystem?: FileSystem;
}

/** Opens the desk under `root` where no collector runs, making the data directory if need be; waits a little for another
 *  command at it. Throws `AlreadyRunningError` beside a collector, `CollectorError` for a desk that cannot be opened. */
export async function withTrustDesk<Result>(
  root: string,
  use: (desk: TrustDesk) => Promise<Result> | Result,
  options: TrustDeskOptions = {},
): Promise<Result> {
  const { clock = systemClock, fileSystem, autoGrantLow = () => true } = options;
  const directory = dataDirectory(root);
  makeDataDirectory(directory);
  const release = await lockOf(directory);
  try {
    clearStaging(directory);
    const audit = await AuditLog.open({ directory, key: collectorKey(directory), clock, fileSystem });
    try {
      const changed = () => Promise.resolve();
      return await use(new Desk({ directory, audit, clock, version, autoGrantLow, changed }));
    } finally {
      await audit.close();
    }
  } finally {
    release();
  }
}

/** A collector keeps the lock for long and says where it listens; a command gives it back soon. */
async function lockOf(directory: DataDirectory): Promise<() => void> {
  for (let waitedMs = 0; ; waitedMs += LOOK_AGAIN_MS) {
    try {
      return takeLock(directory.lock, directory.address);
    } catch (error) {
      if (!(error instanceof AlreadyRunningError) || waitedMs >= PATIENCE_MS) throw error;
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
