import type { FileSystem } from "@mimolo/ledger";
import { type Clock, systemClock } from "@mimolo/supervisor";
import { awaitedLock } from "../control/awaited-lock.ts";
import { dataDirectory, makeDataDirectory } from "../data-directory.ts";
import { forgetKept } from "../overrides/forget-kept.ts";
import { version } from "../version.ts";
import { AuditLog } from "./audit-log.ts";
import { collectorKey } from "./collector-key.ts";
import { ofTrust } from "./decisions.ts";
import { Desk } from "./desk.ts";
import { clearUnfinished, settleStore } from "./settle-store.ts";
import { clearStaging } from "./staging-place.ts";
import type { Tries } from "./trial.ts";
import type { TrustDesk } from "./trust-desk.ts";

/** How long one command waits for another that holds the data directory. */
const PATIENCE_MS = 10_000;

export interface TrustDeskOptions {
  /** `[trust] auto_grant_low`, looked up when it matters; default true. */
  readonly autoGrantLow?: () => boolean;
  readonly clock?: Clock;
  /** What the audit ledger is written through. Default: the system's files. */
  readonly fileSystem?: FileSystem;
  /** Runs another version of a plugin before it is allowed, for those who run plugins without a collector. */
  readonly trial?: Tries;
}

/** Opens the desk under `root` where no collector runs, making the data directory if need be; waits a little for another
 *  command at it. Throws `AlreadyRunningError` beside a collector, `CollectorError` for a desk that cannot be opened. */
export async function withTrustDesk<Result>(
  root: string,
  use: (desk: TrustDesk) => Promise<Result> | Result,
  options: TrustDeskOptions = {},
): Promise<Result> {
  const { clock = systemClock, fileSystem, autoGrantLow = () => true, trial } = options;
  const directory = dataDirectory(root);
  makeDataDirectory(directory);
  const release = await awaitedLock(directory, PATIENCE_MS);
  try {
    clearStaging(directory);
    clearUnfinished(directory);
    const audit = await AuditLog.open({ directory, key: collectorKey(directory), clock, fileSystem });
    try {
      await settleStore(directory, audit);
      const changed = () => Promise.resolve();
      const removed = (id: string) => Promise.resolve(forgetKept(directory, id));
      return await use(new Desk({ directory, audit, clock, version, autoGrantLow, changed, trial, removed }));
    } finally {
      await audit.close();
    }
  } catch (error) {
    throw ofTrust(error);
  } finally {
    release();
  }
}
