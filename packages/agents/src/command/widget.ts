// What the page shows of a command: how the last run went.
import { h } from "@mimolo/agent-sdk";
import type { Point } from "./output/influx.ts";
import type { CommandResult } from "./results.ts";
import { seriesOf } from "./words.ts";

const MOST_LINES = 8;

export function commandWidget(name: string, latest: CommandResult | null) {
  if (latest === null) return h("section", { class: "mml-card" }, h("h3", {}, name), h("p", {}, "No run yet."));
  const { at, took_ms: tookMs, fault } = latest;
  return h(
    "section",
    { class: "mml-card" },
    h("h3", {}, name),
    h("p", {}, fault === undefined ? wordOf(latest) : `No result: ${fault}`),
    ...detailsOf(latest),
    h("p", {}, `${at.slice(11, 19)} UTC, ${tookMs} ms`),
  );
}

function wordOf(latest: CommandResult): string {
  if (typeof latest["state"] === "string") return latest["state"].toUpperCase();
  if (typeof latest["points_total"] === "number") return `points: ${latest["points_total"]}`;
  if (typeof latest["lines_total"] === "number") return `lines: ${latest["lines_total"]}`;
  return JSON.stringify(latest["value"] ?? null).slice(0, 400);
}

function detailsOf(latest: CommandResult) {
  if (typeof latest["text"] === "string" && latest["text"] !== "") return [h("p", {}, latest["text"])];
  const { lines, points } = latest;
  if (Array.isArray(points)) return listOf(seriesOf(points as Point[]).slice(0, MOST_LINES));
  return Array.isArray(lines) ? listOf(lines.slice(-MOST_LINES).map(String)) : [];
}

function listOf(lines: readonly string[]) {
  return lines.length === 0 ? [] : [h("ul", {}, ...lines.map((line) => h("li", {}, line)))];
}
