// folder-activity at a glance.
import { h, sparkline } from "@mimolo/agent-sdk";
import { basename, dirname, sep } from "node:path";
import { clockTime } from "../clock-time.ts";
import type { BusyFolder, Glance } from "./today.ts";

/** Today's changes by kind and by hour, and the folders they were in. */
export function folderActivityWidget({ counts, hours, folders, sinceMs }: Glance, watched: number, nowMs: number) {
  const { total } = counts;
  const kinds = (["created", "modified", "deleted", "renamed"] as const).filter((kind) => counts[kind] > 0);
  return h(
    "div",
    "mml-stack",
    h(
      "p",
      null,
      h("span", "mml-number", total.toLocaleString("en")),
      h("span", "mml-unit", ` ${total === 1 ? "change" : "changes"} today`),
    ),
    total > 0 &&
      h("p", "mml-small mml-muted", kinds.map((kind) => `${counts[kind].toLocaleString("en")} ${kind}`).join(" · ")),
    total > 0 && sparkline(hours, "Changes in each hour of today, from midnight on"),
    folders.length > 0 && h("h3", "mml-subtitle", "Last folders"),
    folders.length > 0 &&
      h(
        "ul",
        "mml-list",
        folders.map((each) => folderItem(each, nowMs)),
      ),
    h(
      "p",
      "mml-caption",
      `${watched} ${watched === 1 ? "folder" : "folders"} watched since ${clockTime(sinceMs, nowMs)}`,
    ),
  );
}

function folderItem({ folder, changes, atMs }: BusyFolder, nowMs: number) {
  return h(
    "li",
    "mml-row mml-spread",
    h("span", { class: "mml-truncate mml-fill", title: folder }, shortly(folder)),
    h("span", "mml-small mml-muted", `${changes} · ${clockTime(atMs, nowMs)}`),
  );
}

/** The last two names of a path say where it is; all of it stands in the title. */
function shortly(folder: string): string {
  const above = basename(dirname(folder));
  return above === "" ? folder : `${above}${sep}${basename(folder)}`;
}
