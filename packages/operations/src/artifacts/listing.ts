import type { AgentArtifacts, Artifact, ArtifactList, ArtifactState } from "@mimolo/protocol";
import { CollectorError } from "../error.ts";
import type { Detail } from "./details.ts";
import type { RowFilter } from "./index/inventory.ts";
import type { RowState } from "./index/columns.ts";
import type { ArtifactRegister } from "./register.ts";
import { warningOf } from "./size-warning.ts";

/** Files that one request looks at: with few that pass, a page is short rather than late. */
const MOST_LOOKS = 2_000;

export interface ListQuery extends RowFilter {
  readonly state?: ArtifactState | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of artifacts, the newest first, each as it lies there now, and what all of them come to. */
export async function listArtifacts(
  register: ArtifactRegister,
  { state, cursor, limit, ...filter }: ListQuery,
  limitBytes: number,
): Promise<ArtifactList> {
  await register.ready();
  const { inventory } = register;
  const rows = inventory.rows(filter, -1, cursor === undefined ? undefined : rowBefore(register, cursor));
  const items: Artifact[] = [];
  let last: Detail | null = null;
  let isOver = false;
  for (let looks = 0; items.length < limit && looks < MOST_LOOKS && !isOver; ) {
    const some = take(rows, Math.min(limit - items.length, MOST_LOOKS - looks));
    isOver = some.length === 0;
    looks += some.length;
    for await (const detail of register.details.of(some)) {
      last = detail;
      const shown = shownState(register.look(detail));
      if (state === undefined || state === shown) items.push(await artifactOf(register, detail));
    }
  }
  const isMore = !isOver && rows.next().done !== true;
  return {
    items,
    next_cursor: isMore && last !== null ? `${last.seq}.${last.place}` : null,
    totals: totalsOf(register, limitBytes),
  };
}

/** What an artifact is shown as. */
export async function artifactOf(register: ArtifactRegister, detail: Detail): Promise<Artifact> {
  const { reference, label, pluginId, instanceId, seq, row } = detail;
  const state = shownState(register.inventory.columns.stateOf(row));
  const entry = state === "archived" || state === "purged" ? await register.lastOf(row) : null;
  return {
    artifact_id: reference.artifact_id,
    label,
    plugin_id: pluginId,
    instance_id: instanceId,
    rel_path: reference.rel_path,
    sha256: reference.sha256,
    bytes: reference.bytes,
    mime: reference.mime,
    captured_at: reference.captured_at,
    retention_class: reference.retention_class,
    seq,
    state,
    archive_id: entry?.archive_id ?? null,
    purged:
      state === "purged" && entry !== null
        ? { at: entry.at, by: entry.by, reason: entry.reason, archive_id: entry.archive_id }
        : null,
  };
}

function totalsOf({ inventory }: ArtifactRegister, limitBytes: number): ArtifactList["totals"] {
  const agents = inventory.sums().map(
    (sum): AgentArtifacts => ({
      label: sum.label,
      plugin_id: sum.pluginId,
      artifacts: sum.artifacts,
      bytes: sum.bytes,
      limit_bytes: limitBytes,
      warning: warningOf(sum, limitBytes),
    }),
  );
  const all = { artifacts: 0, bytes: 0 };
  for (const { artifacts, bytes } of agents) {
    all.artifacts += artifacts;
    all.bytes += bytes;
  }
  return { ...all, agents };
}

function take(rows: Generator<number>, most: number): number[] {
  const taken: number[] = [];
  while (taken.length < most) {
    const { done, value } = rows.next();
    if (done === true) break;
    taken.push(value);
  }
  return taken;
}

function rowBefore({ inventory }: ArtifactRegister, cursor: string): number {
  const match = /^(\d{1,15})\.(\d{1,5})$/.exec(cursor);
  if (match === null) {
    const hint = "leave it out to begin anew";
    throw new CollectorError("invalid-parameter", "cursor is not one that this list gave", hint);
  }
  const [seq, place] = [Number(match[1]), Number(match[2])];
  const { columns } = inventory;
  let row = columns.firstOf(seq);
  while (row < columns.length && columns.seq[row] === seq && (columns.place[row] ?? 0) < place) row++;
  return row - 1;
}

function shownState(state: RowState): ArtifactState {
  return state === "purging" || state === "gone" ? "present" : state;
}
