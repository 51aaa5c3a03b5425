import type { PurgeReport } from "@mimolo/protocol";
import type { AuditLog } from "../../trust/audit-log.ts";
import type { Archiving } from "../archiving.ts";
import type { Detail } from "../details.ts";
import { LYING, type Owner } from "../index/inventory.ts";
import type { OwnInterface } from "../own-interface.ts";
import { type ArtifactRegister, placeOf } from "../register.ts";
import type { Planned } from "./plans.ts";
import { neededByOthers } from "./shared-files.ts";

/** As many as an agent is asked to put away at a time. */
const ARCHIVED_AT_ONCE = 500;
/** Deleted between two entries that say so. */
const DELETED_AT_ONCE = 100;

export interface PurgeParts {
  readonly register: ArtifactRegister;
  readonly agents: OwnInterface;
  readonly archiving: Archiving;
  readonly audit: Pick<AuditLog, "note">;
  /** Makes what was collected so far readable, at once. */
  commit(): Promise<void>;
}

/** Who consented, and what to. */
export interface Consent {
  readonly by: "cli" | "api";
  readonly archive: boolean;
}

type Kept = { artifact_id: string; reason: string };

/** Carries out a plan. Throws `CollectorError` where something could not be archived first; then nothing is purged. `begun` is
 *  called when the plan is not good any more. */
export async function executePurge(
  parts: PurgeParts,
  { details, reason }: Planned,
  { by, archive }: Consent,
  begun: () => void,
): Promise<Omit<PurgeReport, "plan_id">> {
  const { register, agents, archiving, audit } = parts;
  await readAll(parts);
  const kept: Kept[] = [];
  const shown: Detail[] = [];
  for (const detail of details) {
    const state = register.look(detail);
    // Others may have looked since, and know of a change that nobody has consented to.
    const isAsShown = LYING.has(state) && state === detail.shownAs;
    if (isAsShown) shown.push(detail);
    else kept.push({ artifact_id: detail.reference.artifact_id, reason: `it is ${state} since it was planned` });
  }
  const standing = await nobodyElses(register, shown, kept);
  const ofOwners = byOwner(standing);
  if (archive) for (const [owner] of ofOwners) agents.demand(owner);
  begun();
  const archives = new Map<Detail, string>();
  for (const [owner, own] of archive ? ofOwners : []) {
    for (const some of inSlices(own, ARCHIVED_AT_ONCE)) {
      const { archive_id: id } = await archiving.put(owner, some, { by });
      for (const detail of some) archives.set(detail, id);
    }
  }
  const purged: Detail[] = [];
  // Putting away takes its time, in which agents keep files anew under the names that became free.
  if (archive) await readAll(parts);
  const going = archive ? await nobodyElses(register, standing, kept) : standing;
  for (const [owner, own] of byOwner(going)) {
    const before = purged.length;
    for (const some of inSlices(own, DELETED_AT_ONCE)) {
      const archiveId = archives.get(some[0] ?? never()) ?? null;
      await purge(register, some, { by, reason, archiveId }, { purged, kept });
    }
    audit.note("artifacts", owner.pluginId, by, {
      verb: "purge",
      label: owner.label,
      count: purged.length - before,
      archived: archive,
      ...(reason === null ? {} : { reason }),
    });
  }
  return {
    purged: purged.map(({ reference }) => reference.artifact_id),
    bytes: purged.reduce((sum, { reference }) => sum + reference.bytes, 0),
    archive_ids: [...new Set(archives.values())],
    kept,
  };
}

/** What agents have only just referred to is known, too. */
async function readAll({ commit, register }: PurgeParts): Promise<void> {
  if (register.inventory.isBehind) await commit();
  await register.ready();
}

/** Leaves out, and says so, what cannot go without the file of an artifact that stays. */
async function nobodyElses(register: ArtifactRegister, details: readonly Detail[], kept: Kept[]): Promise<Detail[]> {
  const needed = await neededByOthers(register, details);
  return details.filter(({ row, reference }) => {
    const by = needed.get(row);
    if (by === undefined) return true;
    const reason = `its file is also that of ${by.artifactId}, which is not to be purged`;
    kept.push({ artifact_id: reference.artifact_id, reason });
    return false;
  });
}

/** That it begins is on the disk before a file goes: a collector that dies here knows afterwards what it has done. */
async function purge(
  register: ArtifactRegister,
  details: readonly Detail[],
  doing: { readonly by: string; readonly reason: string | null; readonly archiveId: string | null },
  done: { readonly purged: Detail[]; readonly kept: Kept[] },
): Promise<void> {
  await register.note("purging", details, doing);
  const gone: Detail[] = [];
  const staying: Detail[] = [];
  for (const detail of details) {
    try {
      register.folders.remove(placeOf(detail));
      gone.push(detail);
    } catch (error) {
      staying.push(detail);
      const why = error instanceof Error ? error.message : String(error);
      done.kept.push({ artifact_id: detail.reference.artifact_id, reason: `it could not be deleted: ${why}` });
    }
  }
  await register.note("purged", gone, doing);
  await register.note("kept", staying, doing);
  done.purged.push(...gone);
}

function byOwner(details: readonly Detail[]): Map<Owner, Detail[]> {
  const owners = new Map<string, { readonly owner: Owner; readonly own: Detail[] }>();
  for (const detail of details) {
    const { instanceId, pluginId, label } = detail;
    const known = owners.get(instanceId) ?? { owner: { instanceId, pluginId, label }, own: [] };
    owners.set(instanceId, known);
    known.own.push(detail);
  }
  return new Map([...owners.values()].map(({ owner, own }) => [owner, own]));
}

function* inSlices<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}

function never(): never {
  throw new Error("a slice of nothing");
}
