import { randomUUID } from "node:crypto";
import { type FileSystem, type Ledger, openLedger, readGenesis, type RecoveryReport } from "@mimolo/ledger";
import type { Clock } from "@mimolo/supervisor";
import type { SigningKey } from "@mimolo/trust";
import type { DataDirectory } from "../data-directory.ts";
import { AUDIT_ID_PREFIX } from "./audit-id.ts";
import { repairsOf } from "../journal/repairs.ts";

/** What happened to trust. */
export const auditActions = [
  "install",
  "remove",
  "approve",
  "revoke",
  "launch",
  "deny",
  "grant",
  "mode",
  "allow",
  "key",
  "rule",
  "artifacts",
] as const;
export type AuditAction = (typeof auditActions)[number];

export interface AuditLogOptions {
  readonly directory: DataDirectory;
  /** The collector's. */
  readonly key: SigningKey;
  readonly clock: Clock;
  readonly fileSystem?: FileSystem | undefined;
  /** Hears what goes wrong with the disk, at every try; `null` after every commit that went well. */
  readonly fault?: ((message: string | null) => void) | undefined;
}

/** The ledger of what was allowed, refused and launched; one process writes it at a time. */
export class AuditLog {
  /** What opening mended or found damaged, one sentence each; empty after a clean stop. */
  readonly repairs: readonly string[];
  /** Whether there was none before. */
  readonly isFresh: boolean;
  readonly #ledger: Ledger;
  readonly #clock: Clock;

  private constructor(ledger: Ledger, recovery: RecoveryReport, clock: Clock) {
    this.#ledger = ledger;
    this.repairs = repairsOf(recovery).map((each) => `trust/audit: ${each}`);
    this.isFresh = recovery.fresh;
    this.#clock = clock;
  }

  /** Opens the ledger or begins it, and mends a torn tail. Throws `LedgerError`. */
  static async open({ directory, key, clock, fileSystem, fault }: AuditLogOptions): Promise<AuditLog> {
    const genesis = await readGenesis(directory.audit);
    const { ledger, recovery } = await openLedger({
      directory: directory.audit,
      headFile: directory.auditHead,
      identity: {
        collectorId: genesis?.collectorId ?? `${AUDIT_ID_PREFIX}${randomUUID()}`,
        publicKey: key.publicKey,
      },
      sign: (message) => key.sign(message),
      signFile: (bytes, trustedComment) => key.signFile(bytes, trustedComment),
      clock,
      ...(fileSystem === undefined ? {} : { fileSystem }),
      onCommit: () => fault?.(null),
      onFault: (found) => fault?.(found.message),
    });
    return new AuditLog(ledger, recovery, clock);
  }

  /** Takes an entry into the current commit, which comes within a second; never waits. */
  note(action: AuditAction, subject: string, by: string, detail: string | object = ""): void {
    const nowMs = this.#clock.wallMs();
    const receivedAt = JSON.stringify(new Date(nowMs).toISOString());
    this.#ledger.append({
      members: `"kind":"audit","received_at":${receivedAt}`,
      bodyKey: "data",
      body: JSON.stringify({ action, subject, by, detail }),
      timeMs: nowMs,
      receivedAtMs: nowMs,
    });
  }

  /** Resolves when everything noted so far is on the disk; rejects when the try failed, it is tried again anyway. */
  commit(): Promise<void> {
    return this.#ledger.commit();
  }

  /** Commits, signs, closes. */
  close(): Promise<void> {
    return this.#ledger.close();
  }
}
