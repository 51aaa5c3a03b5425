import type { FileSystem } from "@mimolo/ledger";
import type { LogLevel } from "@mimolo/protocol";
import type { Clock } from "@mimolo/supervisor";
import type { SigningKey } from "@mimolo/trust";
import type { DataDirectory } from "../data-directory.ts";
import { version } from "../version.ts";
import { AuditLog } from "./audit-log.ts";
import { readDecisions } from "./decisions.ts";
import { Desk } from "./desk.ts";
import { clearUnfinished, settleStore } from "./settle-store.ts";
import { clearStaging } from "./staging-place.ts";
import type { Tries } from "./trial.ts";

export interface OpenTrustOptions {
  readonly directory: DataDirectory;
  readonly key: SigningKey;
  readonly clock: Clock;
  readonly fileSystem?: FileSystem | undefined;
  readonly autoGrantLow: () => boolean;
  /** Called after each change of trust: what runs is judged anew. */
  readonly changed: () => Promise<unknown>;
  /** Runs another version of a plugin before it is allowed; absent: it is allowed untried. */
  readonly trial?: Tries | undefined;
  /** Lets go what was kept for a plugin that was taken out. */
  readonly removed?: (pluginId: string) => Promise<void>;
  /** Writes a line of the collector's own to the diagnostics. */
  say(what: { type: string; level?: LogLevel; code?: string; message: string }): void;
}

/** Trust as a running collector holds it. */
export interface OpenedTrust {
  readonly audit: AuditLog;
  readonly desk: Desk;
}

/** Opens the audit ledger and the desk for the holder of the lock: clears what a killed installation left, and says aloud what
 *  was mended, what is damaged, and that a record of older decisions is gone. Throws `LedgerError`. */
export async function openTrust(options: OpenTrustOptions): Promise<OpenedTrust> {
  const { directory, key, clock, fileSystem, autoGrantLow, changed, trial, removed, say } = options;
  const level = "warning";
  clearStaging(directory);
  clearUnfinished(directory);
  let said: string | null = null;
  const fault = (message: string | null) => {
    if (message === said) return;
    said = message;
    if (message === null)
      say({ type: "collector", code: "audit-works-again", message: "the audit log is written again" });
    else say({ type: "collector", level: "error", code: "audit-fault", message: `the audit log: ${message}` });
  };
  const audit = await AuditLog.open({ directory, key, clock, fileSystem, fault });
  for (const message of audit.repairs) say({ type: "collector", level, code: "audit-recovered", message });
  for (const message of await settleStore(directory, audit)) {
    say({ type: "collector", level, code: "installation-undone", message });
  }
  const decisions = readDecisions(directory);
  for (const { message, code } of decisions.problems) {
    say({ type: "collector", level: "error", code, message });
  }
  if (audit.isFresh && decisions.trust.allow.length + decisions.trust.keys.length > 0) {
    const message =
      "trust/trust.json holds decisions, and no audit log says who made them: it begins anew, mimolo key list and mimolo plugin list show what is trusted";
    audit.note("mode", "audit", "collector", {
      began_anew: true,
      keys: decisions.trust.keys.length,
      allowed: decisions.trust.allow.length,
    });
    say({ type: "collector", level: "error", code: "audit-missing", message });
  }
  return { audit, desk: new Desk({ directory, audit, clock, version, autoGrantLow, changed, trial, removed }) };
}
