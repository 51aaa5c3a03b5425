import type { Artifact, ArtifactList, PurgePlan, PurgeReport } from "@mimolo/protocol";
import { localDate, timeOfDay } from "./clock-time.ts";
import type { Colour } from "./colour.ts";
import { sizeText } from "./size.ts";
import { table } from "./table.ts";
import { printable } from "./width.ts";

/** What a plan shows of itself before it only counts. */
const MOST_SHOWN = 20;

const COLUMNS = [
  { title: "CAPTURED" },
  { title: "AGENT" },
  { title: "ID" },
  { title: "SIZE", align: "right" },
  { title: "STATE" },
  { title: "FILE" },
] as const;

/** A line for each. */
export function artifactLines({ items }: ArtifactList, colour: Colour): string[] {
  if (items.length === 0) {
    return ["There are no such artifacts. Agents that keep files, such as screen-tracker, refer to them in summaries."];
  }
  return table(
    COLUMNS,
    items.map((each) => [...cellsOf(each), stateText(each, colour), printable(each.rel_path)]),
    colour,
  );
}

/** What they come to, agent by agent. */
export function totalLines({ next_cursor: next, totals }: ArtifactList): string[] {
  const agents = totals.agents
    .filter(({ artifacts }) => artifacts > 0)
    .map(({ label, artifacts, bytes }) => `${printable(label)} ${sizeText(bytes)} in ${artifacts}`);
  const more = next === null ? [] : ["There are more: --limit, --from, --label."];
  return agents.length === 0 ? more : ["", `On the disk: ${agents.join(", ")}.`, ...more];
}

/** What a purge would take away. */
export function planLines({ artifacts, bytes }: PurgePlan, colour: Colour): string[] {
  if (artifacts.length === 0) return ["There is nothing to purge."];
  const rows = artifacts.slice(0, MOST_SHOWN).map((each) => [...cellsOf(each), each.state, printable(each.rel_path)]);
  const rest = artifacts.length - rows.length;
  const more = rest === 0 ? [] : [`… and ${rest} more; --dry-run --json shows all`];
  return [...table(COLUMNS, rows, colour), ...more, `${artifacts.length} artifacts, ${sizeText(bytes)}.`];
}

export function purgedLines({ purged, bytes, archive_ids: archives }: PurgeReport): string[] {
  const kept = archives.map(printable).join(", ");
  const where = archives.length === 0 ? "" : ` In archives: ${kept}.`;
  return [`Purged ${purged.length} artifacts, ${sizeText(bytes)}. Their references and tombstones stay.${where}`];
}

function cellsOf(each: Pick<Artifact, "captured_at" | "label" | "artifact_id" | "bytes">): string[] {
  const atMs = Date.parse(each.captured_at);
  const time = `${localDate(atMs)} ${timeOfDay(atMs)}`;
  return [time, printable(each.label), printable(each.artifact_id), sizeText(each.bytes)];
}

function stateText({ state, archive_id: archive, purged }: Artifact, colour: Colour): string {
  if (state === "present") return state;
  if (state === "archived") return `archived in ${printable(archive ?? "")}`;
  if (state !== "purged" || purged === null) return colour("yellow", state);
  const kept = purged.archive_id === null ? "" : `, in ${printable(purged.archive_id)}`;
  return colour("dim", `purged ${purged.at.slice(0, 10)} by ${printable(purged.by)}${kept}`);
}
