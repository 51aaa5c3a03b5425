import type { RetentionClass } from "@mimolo/protocol";
import type { Detail } from "../details.ts";
import { LYING } from "../index/inventory.ts";
import { ambiguous, unknownAgent, unknownArtifact } from "../refusals.ts";
import type { ArtifactRegister } from "../register.ts";
import { type Needing, neededByOthers } from "./shared-files.ts";

/** As many as one plan takes; the rest is for the next one. */
export const MOST_PLANNED = 5_000;
/** Read at a time. */
const SLICE = 250;

/** What is to be purged; everything given must hold. */
export interface PurgeWish {
  readonly label?: string | undefined;
  readonly artifactIds?: readonly string[] | undefined;
  readonly beforeMs?: number | undefined;
  readonly retentionClass?: RetentionClass | undefined;
}

export interface Chosen {
  /** The oldest first. */
  readonly details: readonly Detail[];
  /** What is worth knowing, a sentence each. */
  readonly warnings: readonly string[];
}

/** Finds what a purge would take away. Throws `CollectorError` `unknown-artifact`, `unknown-agent` or `invalid-parameter`. */
export async function choose(register: ArtifactRegister, wish: PurgeWish): Promise<Chosen> {
  const { inventory, details } = register;
  const { label, beforeMs, retentionClass } = wish;
  if (label !== undefined && inventory.ownersCalled(label).length === 0) throw unknownAgent(label);
  const named = wish.artifactIds === undefined ? null : new Set(namedRows(register, wish.artifactIds, label));
  const chosen: Detail[] = [];
  const left = { archived: 0, missing: 0, altered: 0, restored: 0 };
  let isMore = false;

  async function look(rows: readonly number[]): Promise<void> {
    for await (const detail of details.of(rows)) {
      if (retentionClass !== undefined && detail.reference.retention_class !== retentionClass) continue;
      if (chosen.length === MOST_PLANNED) isMore = true;
      if (isMore) return;
      const state = register.look(detail);
      if (state === "altered") left.altered++;
      if (state === "missing" || state === "archived") left[state]++;
      else if (LYING.has(state)) {
        chosen.push(detail);
        if ((await register.lastOf(detail.row))?.event === "restored") left.restored++;
      }
    }
  }

  let some: number[] = [];
  for (const row of inventory.rows({ label, toMs: beforeMs }, 1)) {
    if (named !== null && !named.has(row)) continue;
    const state = inventory.columns.stateOf(row);
    // What was deleted by its agent long ago is not looked at for every plan, unless somebody names it.
    if (named === null && !LYING.has(state)) {
      if (state === "archived") left.archived++;
      continue;
    }
    some.push(row);
    if (some.length < SLICE) continue;
    await look(some);
    some = [];
    if (isMore) break;
  }
  if (!isMore) await look(some);
  const needed = await neededByOthers(register, chosen);
  const free = chosen.filter(({ row }) => !needed.has(row));
  return { details: free, warnings: [...warningsOf(left, isMore), ...sharedOf(needed)] };
}

function namedRows({ inventory }: ArtifactRegister, ids: readonly string[], label: string | undefined): number[] {
  return ids.map((id) => {
    const owners = inventory.ownersOf(id).filter((owner) => label === undefined || owner.label === label);
    const [owner, another] = owners;
    if (owner === undefined) throw unknownArtifact(id, label);
    if (another !== undefined && label === undefined) {
      throw ambiguous(
        id,
        owners.map((each) => each.label),
        "label",
      );
    }
    return Math.max(...owners.map(({ instanceId }) => inventory.find(instanceId, id)));
  });
}

function warningsOf(
  left: Readonly<Record<"archived" | "missing" | "altered" | "restored", number>>,
  isMore: boolean,
): string[] {
  const { archived, missing, altered, restored } = left;
  return [
    ...(isMore ? [`these are the oldest ${MOST_PLANNED}; plan again for the others afterwards`] : []),
    ...(altered > 0 ? [`${altered} changed since their agent referred to them; they would be purged as they are`] : []),
    ...(archived > 0 ? [`${archived} in archives stay there; restore them first to purge them`] : []),
    ...(restored > 0
      ? [`${restored} came back from an archive, which may hold them still; only their agent can delete that`]
      : []),
    ...(missing > 0 ? [`${missing} are not there any more; there is nothing to purge of them`] : []),
  ];
}

function sharedOf(needed: ReadonlyMap<number, Needing>): string[] {
  const [first] = needed.values();
  if (first === undefined) return [];
  const such = `${first.artifactId} of ${first.label} among them`;
  const whose = `the file of ${needed.size} is also that of artifacts which are not to be purged, ${such}`;
  return [`${whose}; they stay until all are purged together`];
}
