import { isDeepStrictEqual } from "node:util";
import type {
  AllowReport,
  AuditEntry,
  GrantReport,
  HeldGrants,
  InstallReport,
  KeyReport,
  NewKeyReport,
  RemoveReport,
} from "@mimolo/protocol";
import type { Clock } from "@mimolo/supervisor";
import { raiseHighWater, type TrustData, writeTrust } from "@mimolo/trust";
import type { DataDirectory } from "../data-directory.ts";
import { CollectorError } from "../error.ts";
import type { AuditLog } from "./audit-log.ts";
import { readAudit } from "./audit-entries.ts";
import { allowFile } from "./changes/allow.ts";
import { carryConsent } from "./changes/carry-consent.ts";
import type { Around, Change, DeskWork, Work } from "./changes/change.ts";
import { addGrants, grantsIn, takeGrants } from "./changes/grants.ts";
import { dropKey, keyReport, makeKey, takeKey } from "./changes/keys.ts";
import { removePlugin } from "./changes/remove.ts";
import { ofTrust, readToChange } from "./decisions.ts";
import { Installations } from "./installations.ts";
import { stagingPlace } from "./staging-place.ts";
import { packageEntry, type Tries } from "./trial.ts";
import type {
  AllowRequest,
  Asked,
  AuditFilter,
  CarryRequest,
  GrantRequest,
  InstallRequest,
  NewKeyRequest,
  RevokeKeyRequest,
  TrustDesk,
  TrustKeyRequest,
} from "./trust-desk.ts";

export interface DeskOptions {
  readonly directory: DataDirectory;
  readonly audit: AuditLog;
  readonly clock: Clock;
  /** Of MiMoLo. */
  readonly version: string;
  /** Whether what is of low risk is granted by itself. */
  readonly autoGrantLow: () => boolean;
  /** Called after each change of trust; what is asked for is answered when it resolves. */
  readonly changed: () => Promise<unknown>;
  /** Runs another version of a plugin before it is allowed; absent: it is allowed untried. */
  readonly trial?: Tries | undefined;
  /** Lets go what was kept for a plugin that was taken out. */
  readonly removed?: ((pluginId: string) => Promise<void>) | undefined;
}

/** The one who writes `trust.json`, its keys, its store and its audit ledger. One at a time: the holder of the lock. */
export class Desk implements TrustDesk {
  readonly #options: DeskOptions;
  readonly #installations: Installations;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: DeskOptions) {
    this.#options = options;
    const { audit, trial, changed } = options;
    const desk: DeskWork = {
      inTurn: (work) => this.#inTurn(work),
      change: (request, work) => this.#made(request, work),
      data: () => this.#data,
      around: (by) => this.#around(by),
      write: (data) => this.#write(data),
      changed,
    };
    this.#installations = new Installations({ desk, audit, trial });
  }

  keys(): KeyReport[] {
    return this.#data.keys.map(keyReport);
  }

  grants(): GrantReport[] {
    return grantsIn(this.#data);
  }

  newKey(request: NewKeyRequest): Promise<NewKeyReport> {
    return this.#change(request, makeKey);
  }

  trustKey(request: TrustKeyRequest): Promise<KeyReport> {
    return this.#change(request, takeKey);
  }

  revokeKey(request: RevokeKeyRequest): Promise<KeyReport> {
    return this.#change(request, dropKey);
  }

  allow(request: AllowRequest): Promise<AllowReport> {
    return this.#change(request, allowFile);
  }

  carryConsent(request: CarryRequest): Promise<boolean> {
    return this.#inTurn(async () => (await this.#decide(request, carryConsent)).report);
  }

  install(request: InstallRequest): Promise<InstallReport> {
    return this.#installations.install(request);
  }

  uploadPlace(): string {
    return stagingPlace(this.#options.directory, ".mmpkg");
  }

  async remove(request: Asked & { readonly pluginId: string }): Promise<RemoveReport> {
    const report = await this.#change(request, removePlugin);
    await this.#options.removed?.(request.pluginId);
    return report;
  }

  grant(request: GrantRequest): Promise<HeldGrants> {
    return this.#change(request, addGrants);
  }

  revoke(request: GrantRequest): Promise<HeldGrants> {
    return this.#change(request, takeGrants);
  }

  async *audit(filter: AuditFilter = {}): AsyncGenerator<AuditEntry> {
    await this.#options.audit.commit();
    yield* readAudit(this.#options.directory.audit, filter);
  }

  /** Remembers that this version ran well, so that nobody goes below it unawares. Tells nobody: nothing is decided by it
   *  that runs now. */
  async proved(pluginId: string, version: string): Promise<void> {
    if (this.#installations.proved(pluginId, version)) return;
    await this.#inTurn(() => {
      const data = this.#data;
      if (packageEntry(data, pluginId)?.version !== version) return;
      const raised = raiseHighWater(data, pluginId, version);
      if (raised !== data) writeTrust(this.#options.directory.trustFile, raised);
    });
  }

  /** Resolves when everything asked for so far is done. */
  async idle(): Promise<void> {
    await this.#installations.idle();
    await this.#turn;
  }

  get #data(): TrustData {
    return readToChange(this.#options.directory);
  }

  async #change<Request extends Asked, Report>(request: Request, work: Work<Request, Report>): Promise<Report> {
    const { clear, report } = await this.#made(request, work);
    clear?.();
    return report;
  }

  async #made<Request extends Asked, Report>(request: Request, work: Work<Request, Report>): Promise<Change<Report>> {
    const change = await this.#inTurn(() => this.#decide(request, work));
    if (change.data !== null) await this.#options.changed();
    return change;
  }

  /** Thinks the change through, puts it on record, then makes it. Whoever dies in between leaves a record of what was not
   *  done, never a thing done without record. */
  async #decide<Request extends Asked, Report>(request: Request, work: Work<Request, Report>): Promise<Change<Report>> {
    const { audit } = this.#options;
    try {
      const change = await work(this.#data, request, this.#around(request.by));
      for (const { action, subject, detail } of change.notes) audit.note(action, subject, request.by, detail);
      try {
        await this.#onRecord(change);
        if (change.data !== null) this.#write(change.data);
      } catch (error) {
        change.undo?.();
        // What is on record, or waits to be, must not say that this was done.
        const [subject = ""] = change.notes.map((note) => note.subject).slice(-1);
        const isFull = error instanceof CollectorError && error.code === "waits-for-disk";
        audit.note("deny", subject, request.by, { reason: isFull ? "waits-for-disk" : "not-written" });
        throw error;
      }
      return change;
    } catch (error) {
      // What was refused goes on record too, if there is room for it.
      await audit.commit().catch(() => undefined);
      throw ofTrust(error);
    }
  }

  #around(by: string): Around {
    const { directory, audit, clock, version, autoGrantLow } = this.#options;
    return { directory, nowMs: clock.wallMs(), version, platform: process.platform, autoGrantLow, by, audit };
  }

  #write(data: TrustData): void {
    try {
      writeTrust(this.#options.directory.trustFile, data);
    } catch (error) {
      // It may be in its place already, and only its folder not be flushed: then what it says is what holds.
      if (!isDeepStrictEqual(this.#data, data)) throw error;
    }
  }

  async #onRecord({ narrows }: Change<unknown>): Promise<void> {
    try {
      await this.#options.audit.commit();
    } catch (cause) {
      if (narrows) return;
      throw new CollectorError(
        "waits-for-disk",
        `nothing was changed, because no record of it can be written: ${(cause as Error).message}`,
        "make room on the disk of the data directory and say it again",
        { cause },
      );
    }
  }

  #inTurn<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
