import type { InstallReport } from "@mimolo/protocol";
import { raiseHighWater, withAllow } from "@mimolo/trust";
import type { AuditLog } from "./audit-log.ts";
import type { Change, DeskWork } from "./changes/change.ts";
import { bringInPackage } from "./changes/install.ts";
import { type Held, mayHold } from "./changes/may-hold.ts";
import { rolledBack } from "./changes/refusals.ts";
import { requestedBy } from "./consent.ts";
import { unmark } from "./intents.ts";
import { giveUp } from "./settle-store.ts";
import type { Replacement, Trial, Tries } from "./trial.ts";
import type { InstallRequest } from "./trust-desk.ts";

export interface InstallationParts {
  readonly desk: DeskWork;
  readonly audit: Pick<AuditLog, "note" | "commit">;
  /** Absent: whatever comes in is allowed untried. */
  readonly trial?: Tries | undefined;
}

interface Running {
  readonly replacement: Replacement;
  readonly request: InstallRequest;
  /** It ran well, by the word of an agent. */
  proved: boolean;
  over: boolean;
}

/** Brings packages in, one at a time. What takes the place of a version that runs is tried before it is allowed, out of turn: a
 *  key that is revoked meanwhile waits for nothing. */
export class Installations {
  readonly #parts: InstallationParts;
  #line: Promise<unknown> = Promise.resolve();
  #running: Running | null = null;

  constructor(parts: InstallationParts) {
    this.#parts = parts;
  }

  install(request: InstallRequest): Promise<InstallReport> {
    const result = this.#line.then(() => this.#install(request));
    this.#line = result.catch(() => undefined);
    return result;
  }

  /** Whether this version is on trial: that it ran well then counts once it is kept. */
  proved(pluginId: string, version: string): boolean {
    const running = this.#running;
    if (running?.replacement.pluginId !== pluginId || running.replacement.to.version !== version) return false;
    running.proved = true;
    return true;
  }

  /** Resolves when no package is on its way in. */
  async idle(): Promise<void> {
    await this.#line;
  }

  async #install(request: InstallRequest): Promise<InstallReport> {
    const { desk, trial } = this.#parts;
    const begun: { replacement: Replacement | null } = { replacement: null };
    const change = await desk.change(request, async (data, asked, around) => {
      const incoming = await bringInPackage(data, asked, around);
      begun.replacement = trial === undefined ? null : incoming.replacement;
      // On record before anything of it runs; written down once it held.
      return begun.replacement === null ? incoming.change : { ...incoming.change, data: null };
    });
    const { replacement } = begun;
    if (trial !== undefined && replacement !== null) return await this.#try(trial, replacement, request, change);
    change.clear?.();
    return change.report;
  }

  async #try(
    tries: Tries,
    replacement: Replacement,
    request: InstallRequest,
    { report, clear }: Change<InstallReport>,
  ): Promise<InstallReport> {
    const running: Running = { replacement, request, proved: false, over: false };
    this.#running = running;
    let asked: Promise<Held> | undefined;
    const held = () => (asked ??= this.#hold(running));
    const trial: Trial = {
      ...replacement,
      get isOver() {
        return running.over;
      },
      hold: async () => whyNot(await held()),
    };
    const said = await tries(trial).catch((error: unknown) => (error as Error).message);
    // What was written down holds, whatever was said after that.
    const end =
      asked === undefined && said !== null ? { ok: false as const, why: said, reason: "unhealthy" } : await held();
    running.over = true;
    this.#running = null;
    if (!end.ok) {
      await this.#takeBack(replacement, request.by, end.why);
      throw rolledBack(replacement, end.why, end.reason);
    }
    clear?.();
    const missing = requestedBy(replacement.manifest).filter((name) => !end.grants.includes(name));
    return { ...report, granted: [...end.grants], not_granted: missing };
  }

  async #hold(running: Running): Promise<Held> {
    const { desk } = this.#parts;
    const held = await desk.inTurn((): Held => {
      const { replacement, request, proved, over } = running;
      if (over) return { ok: false, why: "its trial is over", reason: "over" };
      try {
        const data = desk.data();
        const end = mayHold(replacement, data, request, desk.around(request.by));
        if (!end.ok) return end;
        const { pluginId, to } = replacement;
        const kept = withAllow(data, { ...to, grants: end.grants });
        desk.write(proved ? raiseHighWater(kept, pluginId, to.version ?? "") : kept);
        return end;
      } catch (error) {
        return { ok: false, why: (error as Error).message, reason: "not-written" };
      }
    });
    if (held.ok) await desk.changed();
    return held;
  }

  /** Out of the store and on record before its mark is forgotten: what somebody who dies on the way leaves, the next start clears
   *  and tells. */
  async #takeBack({ pluginId, to, folder }: Replacement, by: string, why: string): Promise<void> {
    const { desk, audit } = this.#parts;
    // Whoever tried it ended what ran of it; this is for what was forgotten.
    await desk.changed();
    await desk.inTurn(async () => {
      const isGone = giveUp(desk.around(by).directory, pluginId, folder);
      audit.note("deny", `${pluginId} ${to.version}`, by, { reason: "rolled-back", why, digest: to.digest });
      const isWritten = await audit.commit().then(
        () => true,
        () => false,
      );
      if (isGone && isWritten) unmark(folder);
    });
  }
}

function whyNot(held: Held): string | null {
  return held.ok ? null : held.why;
}
