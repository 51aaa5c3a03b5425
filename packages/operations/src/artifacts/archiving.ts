import type { ArchiveReport, RestoreReport } from "@mimolo/protocol";
import type { AuditLog } from "../trust/audit-log.ts";
import type { Detail } from "./details.ts";
import { conflict, unknownArtifact } from "./refusals.ts";
import type { Owner } from "./index/inventory.ts";
import { type OwnInterface, senseless } from "./own-interface.ts";
import type { ArtifactRegister } from "./register.ts";

/** As many as go into one archive. */
export const MOST_IN_ARCHIVE = 1_000;
const LONGEST_ARCHIVE_ID = 256;

export interface ArchivingParts {
  readonly register: ArtifactRegister;
  readonly agents: OwnInterface;
  readonly audit: Pick<AuditLog, "note">;
}

/** Has agents put artifacts away and bring them back, and remembers which. One at a time. */
export class Archiving {
  readonly #parts: ArchivingParts;

  constructor(parts: ArchivingParts) {
    this.#parts = parts;
  }

  /** Puts artifacts of one agent into an archive. Throws `CollectorError`; then they are where they were. */
  async archive(owner: Owner, ids: readonly string[], by: "cli" | "api"): Promise<ArchiveReport> {
    this.#parts.agents.demand(owner);
    const details: Detail[] = [];
    for (const id of new Set(ids)) details.push(await this.#present(owner, id));
    return await this.put(owner, details, { by });
  }

  /** The same with what was looked at before. */
  async put(owner: Owner, details: readonly Detail[], { by }: { readonly by: "cli" | "api" }): Promise<ArchiveReport> {
    const { register, agents, audit } = this.#parts;
    const ids = details.map(({ reference }) => reference.artifact_id);
    const artifacts = details.map(({ reference: { artifact_id, rel_path, sha256, bytes } }) => ({
      artifact_id,
      rel_path,
      sha256,
      bytes,
    }));
    const selection = { artifact_ids: ids, artifacts };
    const { archive_id: archiveId, artifact_ids: put } = await agents.ask(
      owner,
      { method: "archive", params: { selection } },
      by,
    );
    if (typeof archiveId !== "string" || archiveId === "" || archiveId.length > LONGEST_ARCHIVE_ID) {
      throw senseless(owner, "it named no archive");
    }
    // One that says which it took is taken at its word.
    const archived = Array.isArray(put)
      ? details.filter(({ reference }) => put.includes(reference.artifact_id))
      : details;
    await register.note("archived", archived, { by, archiveId });
    audit.note("artifacts", owner.pluginId, by, {
      verb: "archive",
      label: owner.label,
      archive_id: archiveId,
      count: archived.length,
    });
    if (archived.length < details.length)
      throw senseless(owner, `it archived ${archived.length} of ${details.length} artifacts`);
    return { archive_id: archiveId, artifact_ids: ids, bytes: sumOf(details) };
  }

  /** Brings back what an archive of an agent holds. */
  async restore(owner: Owner, archiveId: string, by: "cli" | "api"): Promise<RestoreReport> {
    const { register, agents, audit } = this.#parts;
    const known = await register.inArchive(owner.instanceId, archiveId);
    const answer = await agents.ask(owner, { method: "restore", params: { archive_id: archiveId } }, by);
    const { artifact_ids: said } = answer;
    const named = Array.isArray(said) ? said.map((id) => register.inventory.find(owner.instanceId, String(id))) : [];
    const back: Detail[] = [];
    const rows = [...new Set([...known, ...named])].filter((row) => row !== -1).toSorted((one, two) => one - two);
    for await (const detail of register.details.of(rows)) if (await register.isWhole(detail)) back.push(detail);
    if (known.length > 0 && back.length === 0) throw senseless(owner, `nothing came back of archive ${archiveId}`);
    await register.note("restored", back, { by, archiveId });
    audit.note("artifacts", owner.pluginId, by, {
      verb: "restore",
      label: owner.label,
      archive_id: archiveId,
      count: back.length,
    });
    return { archive_id: archiveId, artifact_ids: back.map(({ reference }) => reference.artifact_id) };
  }

  async #present(owner: Owner, id: string): Promise<Detail> {
    const { register } = this.#parts;
    const row = register.inventory.find(owner.instanceId, id);
    const detail = row === -1 ? null : await register.details.one(row);
    if (detail === null) throw unknownArtifact(id, owner.label);
    const state = register.look(detail);
    if (state === "present") return detail;
    throw conflict(`${id} of ${owner.label} cannot be archived: it is ${state}`);
  }
}

export function sumOf(details: readonly Detail[]): number {
  return details.reduce((sum, { reference }) => sum + reference.bytes, 0);
}
