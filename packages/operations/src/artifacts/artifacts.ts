import type {
  ArchiveReport,
  ArtifactList,
  ArtifactTokenReport,
  PurgePlan,
  PurgeReport,
  RestoreReport,
} from "@mimolo/protocol";
import type { Clock } from "@mimolo/supervisor";
import { CollectorError } from "../error.ts";
import { OneAtATime } from "../requests/one-at-a-time.ts";
import { Archiving } from "./archiving.ts";
import { contentOf } from "./content.ts";
import type { Owner } from "./index/inventory.ts";
import { type ListQuery, artifactOf, listArtifacts } from "./listing.ts";
import type { OwnInterface } from "./own-interface.ts";
import { choose, type PurgeWish } from "./purge/choose.ts";
import { executePurge } from "./purge/execute.ts";
import { PurgePlans } from "./purge/plans.ts";
import { ambiguous, busy, refusedContent, unknownAgent, unknownArtifact } from "./refusals.ts";
import { type ArtifactRegister, placeOf } from "./register.ts";
import { ArtifactTokens } from "./tokens.ts";
import type { AuditLog } from "../trust/audit-log.ts";

export interface ArtifactsParts {
  readonly clock: Clock;
  readonly register: ArtifactRegister;
  readonly agents: OwnInterface;
  readonly audit: Pick<AuditLog, "note">;
  /** Makes what was collected so far readable, now and then. */
  commitSome(): Promise<void>;
  /** The same at once, for what cannot be taken back. */
  commit(): Promise<void>;
  limitBytes(): number;
}

/** Who asks, as tombstones and the audit log name them. */
export type By = "cli" | "api";

/** Bytes that may be handed out. */
export interface ArtifactBytes {
  readonly bytes: Buffer;
  readonly mime: string;
}

/** What agents keep beside evidence: listed, shown, archived, restored and purged. Throws `CollectorError`. */
export class Artifacts {
  readonly #parts: ArtifactsParts;
  readonly #tokens: ArtifactTokens;
  readonly #plans: PurgePlans;
  readonly #archiving: Archiving;
  readonly #changes = new OneAtATime();
  readonly #contents = new OneAtATime();

  constructor(parts: ArtifactsParts) {
    this.#parts = parts;
    this.#tokens = new ArtifactTokens(parts.clock);
    this.#plans = new PurgePlans(parts.clock);
    this.#archiving = new Archiving(parts);
  }

  /** A page, the newest first. */
  list(query: ListQuery): Promise<ArtifactList> {
    return listArtifacts(this.#parts.register, query, this.#parts.limitBytes());
  }

  /** A token for one artifact; without `instanceId` of whichever agent has it. `asker` is empty for people. */
  async token(artifactId: string, instanceId?: string, asker = ""): Promise<ArtifactTokenReport> {
    const owner =
      (await this.#ownerOf(artifactId, instanceId)) ?? (await this.#committedOwnerOf(artifactId, instanceId));
    if (owner === null) throw unknownArtifact(artifactId);
    return this.#tokens.make(asker, { instanceId: owner.instanceId, artifactId });
  }

  /** The bytes that a token opens, once all of them have been checked. */
  async content(token: string): Promise<ArtifactBytes> {
    const opened = this.#tokens.find(token);
    const { register } = this.#parts;
    await register.ready();
    const row = opened === null ? -1 : register.inventory.find(opened.instanceId, opened.artifactId);
    const detail = row === -1 ? null : await register.details.one(row);
    if (detail === null) {
      const hint = "POST /artifacts/token makes another; each holds for five minutes";
      throw new CollectorError("unknown-token", "this token opens nothing, or nothing any more", hint);
    }
    const { state, archive_id: archiveId } = await artifactOf(register, detail);
    if (state === "archived" || state === "purged") throw refusedContent(detail, state, archiveId);
    const content = await this.#contents.take(() => contentOf(register.folders, placeOf(detail), detail.reference));
    if (content === null) throw busy();
    // It may have been purged or put away while it was read.
    const now = await artifactOf(register, detail);
    if (now.state === "archived" || now.state === "purged") throw refusedContent(detail, now.state, now.archive_id);
    if (!content.ok) {
      // Deleted a moment ago, and its tombstone is being written.
      const isGoing = content.why === "missing" && register.inventory.columns.stateOf(row) === "purging";
      if (isGoing) throw refusedContent(detail, "purged", null);
      if (content.why !== "too-large") register.saw(row, content.why);
      throw refusedContent(detail, content.why, null);
    }
    register.saw(row, "present");
    return { bytes: content.bytes, mime: detail.reference.mime };
  }

  /** Puts artifacts of one agent away, by that agent. */
  archive(label: string, artifactIds: readonly string[], by: By): Promise<ArchiveReport> {
    return this.#inTurn(async () => this.#archiving.archive(this.#ownerCalled(label), artifactIds, by));
  }

  /** Brings back what an archive holds. */
  restore(label: string, archiveId: string, by: By): Promise<RestoreReport> {
    return this.#inTurn(async () => this.#archiving.restore(this.#ownerCalled(label), archiveId, by));
  }

  /** What a purge would take away. */
  async plan({ reason, ...wish }: PurgeWish & { readonly reason?: string | undefined }): Promise<PurgePlan> {
    const { register, agents } = this.#parts;
    await register.ready();
    const { details: chosen, warnings } = await choose(register, wish);
    const details = chosen.map((each) => ({ ...each, shownAs: register.inventory.columns.stateOf(each.row) }));
    const owners = new Map<string, Owner[]>();
    for (const detail of details) owners.set(detail.label, [...(owners.get(detail.label) ?? []), detail]);
    const shown = [];
    for (const detail of details) {
      const { artifact_id, label, rel_path, bytes, captured_at, state } = await artifactOf(register, detail);
      shown.push({ artifact_id, label, rel_path, bytes, captured_at, state });
    }
    return {
      ...this.#plans.add({ details, reason: reason === undefined || reason === "" ? null : reason }),
      artifacts: shown,
      bytes: shown.reduce((sum, { bytes }) => sum + bytes, 0),
      can_archive: Object.fromEntries(
        [...owners].map(([label, all]) => [label, all.every((each) => agents.can(each))]),
      ),
      warnings: [...warnings],
    };
  }

  /** Takes away what a plan has shown; whoever calls has asked for consent and whether to archive. */
  execute(planId: string, { archive, by }: { readonly archive: boolean; readonly by: By }): Promise<PurgeReport> {
    return this.#inTurn(async () => {
      const planned = this.#plans.get(planId);
      const parts = { ...this.#parts, archiving: this.#archiving };
      const report = await executePurge(parts, planned, { by, archive }, () => this.#plans.spend(planId));
      return { plan_id: planId, ...report };
    });
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = await this.#changes.take(async () => {
      await this.#parts.register.ready();
      return { result: await work() };
    });
    if (done === null) throw busy();
    return done.result;
  }

  async #ownerOf(artifactId: string, instanceId: string | undefined): Promise<Owner | null> {
    const { register } = this.#parts;
    await register.ready();
    const owners = register.inventory
      .ownersOf(artifactId)
      .filter((owner) => instanceId === undefined || owner.instanceId === instanceId);
    const [owner = null, another] = owners;
    if (another === undefined) return owner;
    throw ambiguous(
      artifactId,
      owners.map(({ label }) => label),
      "instance_id",
    );
  }

  /** An agent may ask for what it has only just referred to. */
  async #committedOwnerOf(artifactId: string, instanceId: string | undefined): Promise<Owner | null> {
    await this.#parts.commitSome();
    return await this.#ownerOf(artifactId, instanceId);
  }

  /** The newest agent of that label. */
  #ownerCalled(label: string): Owner {
    const owner = this.#parts.register.inventory.ownersCalled(label).at(-1);
    if (owner === undefined) throw unknownAgent(label);
    return owner;
  }
}
